import pages from '../../../fixtures/google/sign-in-pages.json' with { type: 'json' }
import { escapeHtml } from '../answers.ts'
import { paragraphs, screen } from './screen.ts'

/** Where an out-of-band request ends: the user carries the code to the application (captured addresses name it). */
export function approvalPage(parameters: URLSearchParams): Response {
  const code = parameters.get('approvalCode')
  const error = new URLSearchParams(parameters.get('response') ?? '').get('error') ?? 'none'
  return screen({
    heading: pages.headings.texts.approval,
    content:
      code === null
        ? `<p>There is no code to copy: ${escapeHtml(error)}.</p>`
        : `${paragraphs(pages.approval.texts.copy)}
<label for="code">Authorization code</label>
<textarea id="code" rows="3" readonly>${escapeHtml(code)}</textarea>`,
  })
}
