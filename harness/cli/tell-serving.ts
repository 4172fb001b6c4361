import type { Ready } from '../serve/serving.ts'

/** POSIX, Shell Command Language 2.2.2: between single quotes nothing means anything, and a single quote cannot stand. */
const quoted = (value: string): string => `'${value.replaceAll("'", String.raw`'\''`)}'`

/** The environment, for a shell to take in. */
export const exportLines = ({ env }: Ready): readonly string[] =>
  Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`)

/** What runs where, and how to go on, for a person. */
export function description({ google, imap, proxy, control, client, clients, accounts, ca, keyFiles }: Ready) {
  const consent = JSON.stringify({ url: 'AUTHORIZATION-URL', account: accounts[0], decision: 'grant' })
  return [
    `Google (TLS) is at ${google.host}:${google.port}, Gmail (IMAP over TLS) at ${imap.host}:${imap.port}.`,
    `Under their own names both are behind the proxy ${proxy}; the export lines lead programs there.`,
    `Whoever takes no proxy, as most IMAP libraries, connects to ${imap.host}:${imap.port}; the certificate names it.`,
    `They are to trust ${ca}.`,
    `Client: ${client.id}, secret and all in ${client.file}`,
    ...clients.slice(1).map(({ id, file }) => `Client: ${id}, in ${file}`),
    ...keyFiles.map((file) => `Key of a service account: ${file}`),
    `Accounts: ${accounts.join(', ')}`,
    `To consent as one of them, without a browser; the answer holds where the client is sent:`,
    `  curl -H 'Authorization: Bearer ${control.token}' -H 'Content-Type: application/json' \\`,
    `    -d ${quoted(consent)} ${control.url}/consent`,
    'Ctrl-C ends it.',
  ]
}
