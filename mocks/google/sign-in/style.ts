/** How the sign-in pages look: one column, large targets, a focus that cannot be missed, contrast of 4.5:1 or more. */
export const style = `
:root { color-scheme: light; font: 1rem/1.5 system-ui, sans-serif; color: #202124; background: #f0f4f9; }
body { margin: 0 auto; padding: 1rem; max-width: 34rem; }
header p, footer p { color: #444746; font-size: 0.875rem; }
main { background: #fff; border-radius: 1rem; padding: 1.5rem 2rem; }
h1 { font-size: 1.5rem; font-weight: 500; line-height: 1.25; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
p, li, legend, label { overflow-wrap: anywhere; }
a, summary { color: #0b57d0; }
summary { cursor: pointer; padding: 0.5rem 0; }
fieldset { border: 0; margin: 1rem 0; padding: 0; }
legend { font-weight: 500; padding: 0; }
label { display: flex; gap: 0.75rem; align-items: flex-start; padding: 0.5rem 0; }
input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0.125rem 0 0; accent-color: #0b57d0; }
textarea { box-sizing: border-box; width: 100%; font: inherit; }
button { font: inherit; border: 1px solid #5f6368; border-radius: 1.25rem; padding: 0.5rem 1.5rem; cursor: pointer; }
button.plain { color: #0b57d0; background: #fff; }
button.main { color: #fff; background: #0b57d0; border-color: #0b57d0; }
button.account { display: block; width: 100%; border-radius: 0.5rem; text-align: start; color: inherit; background: #fff; }
button.account span { display: block; }
.accounts { list-style: none; margin: 0; padding: 0; display: grid; gap: 0.5rem; }
.actions { display: flex; flex-wrap: wrap; gap: 1rem; justify-content: flex-end; margin-top: 1.5rem; }
.address { color: #444746; }
:focus-visible { outline: 3px solid #0b57d0; outline-offset: 3px; }
`
