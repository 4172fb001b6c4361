import { type AddressInfo, connect, createServer } from 'node:net'
import process from 'node:process'

/** Passes octets on between a client and the port that is named, and says its own. */
const server = createServer((near) => {
  const far = connect(Number(process.argv[2]), '127.0.0.1')
  for (const socket of [near, far]) socket.setNoDelay(true).on('error', () => {})
  near.pipe(far).pipe(near)
}).listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
