/** The page: ground, type, sections, and how they fold on narrow screens and on paper. */
export const layout = `
*, ::before, ::after { box-sizing: border-box }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto } }
body { margin: 0; background: var(--page); color: var(--text); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", sans-serif }
code, pre, .id { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em }
.page { max-width: 64rem; margin: 0 auto; padding: 0 1.5rem }
h1, h2, h3, p, dl, dd, ol, ul, pre, table { margin: 0; padding: 0 }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.02em }
h2 { font-size: 1.3rem; line-height: 1.3; letter-spacing: -.01em }
h3 { font-size: 1rem; line-height: 1.4; font-weight: 600 }
a { color: var(--link); text-underline-offset: .15em }
a:focus-visible, summary:focus-visible { outline: .15rem solid var(--link); outline-offset: .15rem; border-radius: .25rem }
:target { scroll-margin-top: 1rem }
ol, ul { list-style: none }
header.page { padding-top: 2.5rem }
main > section, main > nav { margin-top: 3rem }
main > section > h2, main > nav > h2 { margin-bottom: .9rem }
footer.page { padding-top: 3rem; padding-bottom: 3rem; color: var(--muted); font-size: .875rem }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: .75rem }
.muted { color: var(--muted) }
.small { font-size: .875rem }
.skip { position: absolute; left: -100rem }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; background: var(--surface); padding: .5rem 1rem }
@media (max-width: 40rem) {
  .page { padding: 0 1rem }
  header.page { padding-top: 1.5rem }
  h1 { font-size: 1.6rem }
  main > section, main > nav { margin-top: 2.25rem }
}
@media print {
  body { font-size: 10pt }
  .page { max-width: none; padding: 0 }
  .skip { display: none }
  .step-head, .verdict-panel, tr, .look li { break-inside: avoid }
  .step-head { break-after: avoid }
  details::details-content { content-visibility: visible; block-size: auto; opacity: 1 }
  details > summary::after { display: none }
  main a[href^="http"]::after { content: " <" attr(href) ">"; color: var(--muted); font-size: .85em }
}
`
