import type { Socket } from 'node:net'

/** A connection on which nothing was said yet. */
export type RawSocket = Socket
