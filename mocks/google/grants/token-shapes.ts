import type { MintShape } from '../../../harness/secrets.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Four captured codes: `4/0A…`, 73 characters. */
export const codeShape: MintShape = { prefix: '4/0A', length: 73, alphabet }
/** Captured token of 2025: `ya29.a0…`, 224 characters. */
export const accessTokenShape: MintShape = { prefix: 'ya29.a0', length: 224, alphabet }
/** Real ones begin `1//0`; at most 512 bytes (Google, OAuth 2.0 overview). */
export const refreshTokenShape: MintShape = { prefix: '1//0', length: 103, alphabet }

/** Whether a text has the form of a code: still percent-encoded or truncated ones have not. */
export const isCode = (text: string): boolean => /^4\/0A[A-Za-z0-9_-]{69}$/.test(text)
