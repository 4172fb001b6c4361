/**
 * What every credential of Google’s has in it (google-facts 3.1, 7.4, 9): where none of these stands, nothing has to be read
 * with care. The old secrets of 24 characters have no form of their own, so the name that stands beside them is looked for.
 */
const traces = [
  'GOCSPX-',
  'ya29.',
  '1//0',
  // As PHP writes JSON.
  '1\\/\\/0',
  'PRIVATE KEY-----',
  'lient_secret',
  'lientSecret',
  'LIENT_SECRET',
  'lient-secret',
].map((trace) => Buffer.from(trace, 'latin1'))

/** Whether octets could hold a credential; made for millions of them. */
export const mayHoldCredentials = (octets: Buffer): boolean => traces.some((trace) => octets.includes(trace))
