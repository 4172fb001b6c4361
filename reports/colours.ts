import picocolors from 'picocolors'

export type Colours = ReturnType<typeof picocolors.createColors>

/** Terminal colours, on or off by the caller's word alone: never by this process's environment. */
export const colours = (enabled: boolean): Colours => picocolors.createColors(enabled)
