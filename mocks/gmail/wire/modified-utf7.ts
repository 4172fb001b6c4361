/** Modified UTF-7 of mailbox names (RFC 3501 §5.1.3): UTF-16 in base64 with `,` for `/`, between `&` and `-`. */
export function encodeModifiedUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${base64OfUtf16(run)}-`))
}

/** The name, or undefined where the text is not well-formed modified UTF-7. */
export function decodeModifiedUtf7(text: string): string | undefined {
  if (/[^\x20-\x7e]/.test(text)) return undefined
  let wellFormed = true
  const name = text.replace(/&([^-]*)(-?)/g, (_, digits: string, end: string) => {
    const run = end === '' ? undefined : digits === '' ? '&' : utf16OfBase64(digits)
    // What can stand for itself must not be encoded, or one name would have two spellings.
    if (run === undefined || (digits !== '' && /[\x20-\x7e]/.test(run))) wellFormed = false
    return run ?? ''
  })
  return wellFormed && encodeModifiedUtf7(name) === text ? name : undefined
}

function base64OfUtf16(run: string): string {
  let octets = ''
  for (let at = 0; at < run.length; at++) {
    const unit = run.charCodeAt(at)
    octets += String.fromCharCode(unit >> 8, unit & 0xff)
  }
  return btoa(octets).replaceAll('/', ',').replace(/=+$/, '')
}

function utf16OfBase64(digits: string): string | undefined {
  if (!/^[A-Za-z0-9+,]+$/.test(digits) || digits.length % 4 === 1) return undefined
  const octets = atob(digits.replaceAll(',', '/'))
  if (octets.length % 2 !== 0) return undefined
  let run = ''
  for (let at = 0; at < octets.length; at += 2)
    run += String.fromCharCode(octets.charCodeAt(at) * 256 + octets.charCodeAt(at + 1))
  return run
}
