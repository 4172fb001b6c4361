import type { Literal } from './literal.fixture.ts'
import { mailLiterals } from './literals-mail.fixture.ts'
import { pageLiterals } from './literals-pages.fixture.ts'
import { assertionLiterals, tokenLiterals } from './literals-tokens.fixture.ts'

export const literals: readonly Literal[] = [...pageLiterals, ...tokenLiterals, ...assertionLiterals, ...mailLiterals]
