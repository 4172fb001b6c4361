/** The parts of the page: badges, the verdict panel, the table of steps, checks and their evidence. */
export const parts = `
.icon { width: 1.05em; height: 1.05em; flex: none; vertical-align: -.15em }
symbol .on { stroke: var(--ground, var(--surface)); fill: none; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round }
symbol .ink { stroke: currentColor; fill: none; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
.badge { --ground: var(--tint); display: inline-flex; align-items: center; gap: .4em; padding: .12em .65em .12em .45em; border-radius: 1em;
  background: var(--tint); color: var(--tone); font-size: .8125rem; font-weight: 600; white-space: nowrap; justify-self: start; align-self: start; print-color-adjust: exact }
.chip { display: inline-block; padding: 0 .5em; border: 1px solid var(--line); border-radius: .35em; font-size: .78rem; font-weight: 600; letter-spacing: .02em }
.chip.own { border-style: dashed; border-color: currentColor; color: var(--muted) }

.brand { color: var(--muted); font-size: .875rem; font-weight: 600; letter-spacing: .01em; margin-bottom: .35rem }
h1 .version { color: var(--muted); font-weight: 400; font-size: .6em; letter-spacing: 0 }
.verdict-panel { margin-top: 1.25rem; border-left: .4rem solid var(--tone) }
.verdict-panel.partial { border-style: dashed; border-left-style: dashed; border-color: var(--tone) }
.verdict-word { display: flex; align-items: center; gap: .6rem; color: var(--tone); font-size: 1.5rem; font-weight: 700; line-height: 1.2; letter-spacing: -.01em }
.verdict-word span::first-letter { text-transform: uppercase }
.verdict-word span { display: block }
.verdict-panel .sentence { margin-top: .6rem; max-width: 46rem }
.notice { margin-top: .9rem; padding: .6rem .9rem; border-radius: .5rem; background: var(--inconclusive-tint); color: var(--text); max-width: 46rem }
.verdict-panel .about { padding: 1.4rem 1.5rem 1.5rem }
.bar { display: flex; gap: .2rem; height: .6rem; margin-top: 1.3rem }
.bar span { flex: var(--n) 0 .5rem; background: var(--tone); border-radius: .3rem; print-color-adjust: exact }
.bar .inapplicable { background: repeating-linear-gradient(135deg, var(--tone) 0 .15rem, transparent .15rem .35rem) }
.bar .rest { background: none; border: 1px dashed var(--muted) }
.counts .rest { color: var(--muted); font-weight: 400 }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin-top: .7rem; font-size: .9375rem }
.counts li { display: flex; align-items: center; gap: .4rem; color: var(--tone); font-weight: 600 }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .8rem 1.5rem; padding: 1.1rem 1.5rem 1.2rem; border-top: 1px solid var(--line); font-size: .9375rem }
.facts dt { color: var(--muted); font-size: .8125rem }
.facts dt::first-letter { text-transform: uppercase }

.look li + li { border-top: 1px solid var(--line) }
.look a { display: grid; grid-template-columns: 9.5rem 1fr; gap: .2rem 1rem; padding: .7rem 1.25rem; color: inherit; text-decoration: none }
.look a:hover .title { text-decoration: underline }
.look .title { font-weight: 600 }
.look .id, .check .id { color: var(--muted) }
.look .id { display: block; font-weight: 400 }

.steps { width: 100%; border-collapse: collapse }
.steps th, .steps td { padding: .55rem .75rem; text-align: left; vertical-align: baseline; font-weight: 400 }
.steps thead th { color: var(--muted); font-size: .8125rem }
.steps tbody tr { border-top: 1px solid var(--line) }
.steps .number { width: 3rem; padding-left: 1.25rem; color: var(--muted); font-variant-numeric: tabular-nums; white-space: nowrap }
.steps tbody th a { font-weight: 600; color: inherit; text-decoration: none }
.steps tbody th a:hover { text-decoration: underline }

.step-head { display: grid; grid-template-columns: auto 1fr auto; align-items: center; gap: .3rem .8rem }
.step-head .number { display: grid; place-items: center; min-width: 2.1rem; height: 2.1rem; border-radius: 50%; background: var(--tint); color: var(--tone); font-weight: 700; font-size: .95rem }
.step-head .badge { align-self: center }
.explained { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem 1.5rem; padding: 1rem 1.25rem; border-bottom: 1px solid var(--line) }
.explained dt { color: var(--muted); font-size: .8125rem }
section.step > .card { margin-top: .8rem; overflow: hidden }
.proven { padding: .8rem 1.25rem; color: var(--muted); font-size: .875rem }

.check { border-top: 1px solid var(--line) }
.check > summary { display: grid; grid-template-columns: 9.5rem 1fr auto; gap: .2rem 1rem; align-items: baseline; padding: .7rem 1.25rem; cursor: pointer; list-style: none }
.check > summary::-webkit-details-marker { display: none }
.check > summary::after { content: ""; width: .5rem; height: .5rem; border: solid var(--muted); border-width: 0 .12rem .12rem 0; transform: rotate(45deg); align-self: center }
.check[open] > summary::after { transform: rotate(-135deg) }
.check > summary:hover { background: var(--sunk) }
.check .body { display: grid; gap: 1rem; padding: .4rem 1.25rem 1.4rem 11.75rem }
.check .body > * { min-width: 0 }
.told { display: grid; grid-template-columns: 8.5rem 1fr; gap: .5rem 1rem }
.told dt { color: var(--muted); font-size: .875rem }
.told dd { min-width: 0 }
.variant { display: grid; gap: .45rem }
.variant > p { font-size: .9375rem }
.evidence { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .9375rem; background: var(--sunk); border-radius: .5rem; overflow: hidden }
.evidence th, .evidence td { text-align: left; vertical-align: top; padding: .4rem .8rem; font-weight: 400 }
.evidence thead th { color: var(--muted); font-size: .8125rem }
.evidence tbody tr { border-top: 1px solid var(--line) }
.evidence thead th:first-child { width: 11rem }
.evidence tbody th { color: var(--muted) }
.evidence td, .evidence tbody th { unicode-bidi: isolate }
.secret { background: var(--inconclusive-tint); color: var(--inconclusive); border-radius: .25em; padding: 0 .15em }
.escape { color: var(--fail); font-weight: 600 }
.control { display: flex; gap: .5rem; align-items: baseline; color: var(--tone) }
.control span { color: var(--text) }
.command { background: var(--sunk); border-radius: .5rem; padding: .55rem .8rem; white-space: pre-wrap }
.command code::before { content: "$ "; color: var(--muted) }
.next { display: grid; gap: .35rem; padding: .9rem 1.25rem 1.1rem; border-top: 1px solid var(--line) }
.next p { color: var(--muted); font-size: .8125rem }
.apart li { padding: .8rem 1.25rem }
.apart li + li { border-top: 1px solid var(--line) }
.apart .ids { display: flex; flex-wrap: wrap; gap: .1rem .9rem; margin-top: .15rem; color: var(--muted) }

@media (max-width: 52rem) {
  .check .body { padding-left: 1.25rem }
}
@media (max-width: 40rem) {
  .verdict-panel .about, .facts { padding-left: 1rem; padding-right: 1rem }
  .facts { grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)) }
  .look a, .check > summary, .apart li, .next, .proven, .explained { padding-left: 1rem; padding-right: 1rem }
  .step-head { grid-template-columns: auto 1fr }
  .step-head .badge { grid-column: 2 }
  .look a { grid-template-columns: 1fr }
  .look .badge, .check > summary .badge { justify-self: start }
  .check > summary { grid-template-columns: 1fr auto }
  .check > summary .name { grid-column: 1 }
  .check > summary::after { grid-column: 2; grid-row: 1; align-self: center }
  .check .body { padding-left: 1rem; padding-right: 1rem }
  .explained, .told { grid-template-columns: 1fr }
  .told { gap: 0 }
  .told dd + dt { margin-top: .6rem }
  .steps thead { position: absolute; left: -100rem }
  .steps, .steps tbody { display: block }
  .steps tbody tr { display: grid; grid-template-columns: 2rem auto 1fr; gap: .15rem .6rem; align-items: baseline; padding: .7rem 1rem }
  .steps tbody tr:first-child { border-top: 0 }
  .steps th, .steps td { padding: 0 }
  .steps .number { padding: 0; width: auto }
  .steps tbody th { grid-column: 2 / -1 }
  .steps tbody td { grid-column: 2 }
  .steps tbody td.small { grid-column: 3 }
  .steps tbody .number { grid-column: 1 }
  .steps td.small:empty { display: none }
  .evidence, .evidence tbody, .evidence tr, .evidence th, .evidence td { display: block; width: auto }
  .evidence thead { position: absolute; left: -100rem }
  .evidence tbody th { padding-bottom: 0; width: auto }
  .evidence tbody td { padding-top: .1rem }
}
`
