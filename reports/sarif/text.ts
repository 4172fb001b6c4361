import { visible } from '../visible.ts'

/** Text in one line in which nothing acts and nothing reads as a link. Source: SARIF 2.1.0, 3.11.6, embedded links. */
export const told = (text: string): string => visible(text).replaceAll('](', '\\](')
