import type { Core } from './core-port.ts'

/** Arguments that a client may use only where it was told of a capability. */
const uses: Readonly<Record<string, readonly (readonly [argument: RegExp, capability: string])[]>> = {
  SELECT: [[/\(CONDSTORE\)$/i, 'CONDSTORE']],
  EXAMINE: [[/\(CONDSTORE\)$/i, 'CONDSTORE']],
  LIST: [
    [/^\((?!SPECIAL-USE\))|RETURN \((?!SPECIAL-USE\)$)|^(?:\([^)]*\) )?\S+ \(/i, 'LIST-EXTENDED'],
    [/\bSPECIAL-USE\b/i, 'SPECIAL-USE'],
    [/\bSTATUS \(/i, 'LIST-STATUS'],
    [/\bHIGHESTMODSEQ\b/i, 'CONDSTORE'],
  ],
  STATUS: [[/\(.*\bHIGHESTMODSEQ\b/i, 'CONDSTORE']],
  APPEND: [[/\bUTF8 \(/i, 'UTF8=ACCEPT']],
  FETCH: [
    [/\bX-GM-/i, 'X-GM-EXT-1'],
    [/\b(?:MODSEQ|CHANGEDSINCE)\b/i, 'CONDSTORE'],
  ],
  STORE: [
    [/\bX-GM-LABELS/i, 'X-GM-EXT-1'],
    [/\bUNCHANGEDSINCE\b/i, 'CONDSTORE'],
  ],
  SEARCH: [
    [/\bX-GM-/i, 'X-GM-EXT-1'],
    [/^RETURN\b/i, 'ESEARCH'],
    [/\bMODSEQ\b/i, 'CONDSTORE'],
  ],
}

/** What a command asks for that this Gmail does not offer; undefined when it asks for nothing of the kind. */
export function missingExtension(verb: string, text: string, core: Core): string | undefined {
  // What stands in quotation marks is the client's own.
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '""')
  const [, missing] =
    uses[verb.replace(/^UID /, '')]?.find(
      ([argument, capability]) => argument.test(bare) && !core.offers(capability),
    ) ?? []
  return missing
}
