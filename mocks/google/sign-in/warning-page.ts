import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { escapeHtml } from '../answers.ts'
import type { Project } from '../registration/projects.ts'
import { isInTesting, isUnverified } from './account-problems.ts'
import { signInPages } from './addresses.ts'
import type { SignIn } from './browser-sessions.ts'
import type { ConsentOffer } from './consent-offer.ts'
import { button, paragraphs, screen } from './screen.ts'
import { fill } from './wording.ts'
import { isSensitive } from '../scopes.ts'

const { texts } = pages.warnings

/**
 * Whether the user is warned before agreeing to something new: of an application without verification that asks for
 * sensitive scopes, and of one in Testing that asks for data (captured for both; a scope that is not sensitive brings no
 * warning).
 */
export const needsWarning = (project: Project, { data }: ConsentOffer): boolean =>
  (isUnverified(project) && data.some(isSensitive)) || (isInTesting(project) && data.length > 0)

/** The way on lies behind "Advanced", unless the user was invited to a test. */
export function warningPage({ part, request }: SignIn): Response {
  const { project } = request.client
  const back = button('choice', 'back', texts.back, 'main')
  const proceed = button('choice', 'continue', fill(texts.proceed, { app: project.name }))
  const content = isInTesting(project)
    ? `${paragraphs(texts.testing)}
<div class="actions">${button('choice', 'continue', 'Continue')} ${back}</div>`
    : `${paragraphs(texts.unverified)}
<div class="actions">${back}</div>
<details><summary>Advanced</summary>
<p>${escapeHtml(texts.advanced)}</p>
${proceed}
</details>`
  return screen({
    heading: pages.headings.texts.warning,
    content: `<form method="post" action="${signInPages.warning}">
<input type="hidden" name="part" value="${part}">
${content}
</form>`,
  })
}
