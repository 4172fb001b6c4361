/**
 * A text of a fixture with its places filled: `{app}` and the like. One pass, so that nothing that a request brought can
 * name a place itself.
 */
export const fill = (text: string, places: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => places[name] ?? place)
