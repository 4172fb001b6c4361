import { changeRows } from './change-rows.fixture.ts'
import { fetchRows } from './fetch-rows.fixture.ts'
import { folderRows } from './folder-rows.fixture.ts'
import { loginRows } from './login-rows.fixture.ts'
import type { Row } from './row.fixture.ts'
import { searchRows } from './search-rows.fixture.ts'
import { selectRows } from './select-rows.fixture.ts'
import { sessionRows } from './session-rows.fixture.ts'

/** What every server behind Gmail's front must answer. */
export const rows: readonly Row[] = [
  ...loginRows,
  ...folderRows,
  ...selectRows,
  ...fetchRows,
  ...searchRows,
  ...changeRows,
  ...sessionRows,
]
