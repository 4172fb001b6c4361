import { globSync } from 'node:fs'

/** The foreign programs and what they need, each with the Debian package that has it. */
const packages: Readonly<Record<string, string>> = {
  '/usr/bin/curl': 'curl',
  '/usr/bin/mbsync': 'isync',
  '/usr/lib/*/sasl2/libkdexoauth2.so': 'libsasl2-modules-kdexoauth2',
  '/usr/bin/mutt': 'mutt',
  '/usr/bin/offlineimap': 'offlineimap3',
  '/usr/bin/python3': 'python3',
  '/usr/bin/script': 'bsdutils',
}

/**
 * Makes sure that a file is there.
 *
 * @throws Error that says how to install it
 */
export function present(file: string): void {
  if (globSync(file).length > 0) return
  const advice = packages[file] === undefined ? '' : `, or apt-get install ${packages[file]}`
  throw new Error(`${file} is missing: run .ci/machine-programs${advice}`)
}
