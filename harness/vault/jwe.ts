import { CompactEncrypt, base64url, compactDecrypt, decodeProtectedHeader } from 'jose'

const version = 1

/** What is wrong with a sealed text; undefined in `opened` means that it is none of these. */
export type SealProblem = 'wrong-key' | 'damaged' | 'newer-version'

export type Opened = { readonly text: string } | { readonly problem: SealProblem }

export interface Seal {
  /** A JWE in compact serialization: `dir`, `A256GCM`, an IV of its own each time (RFC 7516 §3.1, RFC 7518 §4.5 and §5.3). */
  close(text: string): Promise<string>
  open(sealed: string): Promise<Opened>
}

/** @param key 32 bytes */
export async function createSeal(key: Uint8Array): Promise<Seal> {
  if (key.length !== 32) throw new TypeError(`a vault key has 32 bytes, this one has ${key.length}`)
  const kid = await keyId(key)
  return {
    close: (text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid, version })
        .encrypt(key),
    async open(sealed) {
      const problem = problemOf(sealed, kid)
      if (problem !== undefined) return { problem }
      try {
        const { plaintext } = await compactDecrypt(sealed, key, {
          keyManagementAlgorithms: ['dir'],
          contentEncryptionAlgorithms: ['A256GCM'],
        })
        return { text: new TextDecoder('utf-8', { fatal: true }).decode(plaintext) }
      } catch {
        return { problem: 'damaged' }
      }
    },
  }
}

/** Tells a wrong key from a damaged text, which the cipher cannot. Half a digest of 256 random bits gives nothing away. */
async function keyId(key: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array([...new TextEncoder().encode('vault'), ...key]))
  return base64url.encode(new Uint8Array(digest).subarray(0, 16))
}

function problemOf(sealed: string, kid: string): SealProblem | undefined {
  // The last digit of a segment has bits that no octet uses: a text that differs there alone is not what was written.
  if (!sealed.split('.').every(isCanonical)) return 'damaged'
  let header: { readonly version?: unknown; readonly kid?: unknown }
  try {
    header = decodeProtectedHeader(sealed)
  } catch {
    return 'damaged'
  }
  if (!Number.isSafeInteger(header.version) || Number(header.version) < 1) return 'damaged'
  if (Number(header.version) > version) return 'newer-version'
  return header.kid === kid ? undefined : 'wrong-key'
}

const isCanonical = (segment: string): boolean => {
  try {
    return base64url.encode(base64url.decode(segment)) === segment
  } catch {
    return false
  }
}
