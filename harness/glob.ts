/** `*` stands for any characters but `/`, `**` for any at all; `**` and a slash for any folders, or none. */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*{2,}\/|\*+/g, (stars) => (stars.endsWith('/') ? '(?:.*/)?' : stars.length > 1 ? '.*' : '[^/]*'))
  return new RegExp(`^${source}$`, 's')
}
