/** Where a live run goes. */
export interface FarSide {
  /** Such as `https://accounts.google.com`. */
  readonly issuer: string
  readonly imap: Address
  /** What is asked for, space-delimited. */
  readonly scope: string
  /** What of it opens the mailbox; null where no scope does by itself. */
  readonly mailScope: string | null
  /** PEM of authorities that are trusted besides those of the system. */
  readonly authorities?: string
  /** Through which HTTP goes, such as `http://proxy.example:3128`; user and password may stand in it. */
  readonly proxy?: string
  /** Through which IMAP goes; directly unless told. */
  readonly imapProxy?: string
  /** Where an address really is, by `host:port`: the one thing that tells a mock on this machine from Google. */
  readonly at?: Readonly<Record<string, Address>>
}

export interface Address {
  readonly host: string
  readonly port: number
}

export const google: Pick<FarSide, 'issuer' | 'imap' | 'scope' | 'mailScope'> = {
  issuer: 'https://accounts.google.com',
  imap: { host: 'imap.gmail.com', port: 993 },
  scope: 'openid email https://mail.google.com/',
  mailScope: 'https://mail.google.com/',
}

/** The mask under which an account is told. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  const first = [...address][0] ?? ''
  const domain = address.slice(at + 1).toLowerCase()
  if (at < 1) return `${first}…`
  // Everybody’s domains tell nobody anything; of the others the last label does.
  const shown = /^(?:gmail|googlemail)\.com$/.test(domain)
    ? domain
    : `${[...domain][0] ?? ''}….${domain.split('.').at(-1)}`
  return `${first}…@${shown}`
}

/** How an account is named where its address must not stand; the same as the beginning of its file’s name in the vault. */
export async function accountKey(address: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(address.toLowerCase())))
  return Array.from(digest.subarray(0, 8), (octet) => octet.toString(16).padStart(2, '0')).join('')
}
