/** The module that every JavaScript stage runs; its extension follows how this file itself was loaded, unbuilt or built. */
export const hostModule = new URL(import.meta.url.endsWith('.ts') ? './host.ts' : './host.js', import.meta.url)
