import type { Random } from '../../harness/random.ts'
import { octetsOf } from './wire/command-stream.ts'

/** Bytes of plausible sessions, to be spoiled. */
const seeds = [
  'a SELECT INBOX\r\nb FETCH 1:* (FLAGS BODY.PEEK[])\r\nc STORE 1:3 +FLAGS (\\Seen)\r\n',
  'd UID SEARCH RETURN (ALL) OR FROM bob (SUBJECT {5+}\r\nlunch UNSEEN)\r\ne IDLE\r\nDONE\r\n',
  'f APPEND "[Gmail]/Drafts" (\\Draft) {12+}\r\nSubject: x\r\n\r\ng UID MOVE 1,3 "[Gmail]/Trash"\r\n',
  'h LIST (SUBSCRIBED) "" ("*" "%") RETURN (CHILDREN STATUS (MESSAGES))\r\ni CREATE {4}\r\nWork\r\n',
  'j UID STORE 2 +X-GM-LABELS (Work "a b" &AMk-)\r\nk ENABLE UTF8=ACCEPT\r\nl COMPRESS DEFLATE\r\nm LOGOUT\r\n',
]

/** A stream of octets that began as a plausible session, in pieces of any size. */
export function spoiledOctets(random: Random): Uint8Array[] {
  const chosen = Array.from({ length: 1 + random.integer(3) }, () => seeds[random.integer(seeds.length)]!)
  let octets = Array.from(octetsOf(chosen.join('')))
  for (let times = random.integer(8); times > 0; times--) {
    const at = random.integer(octets.length + 1)
    const length = random.integer(12)
    const kind = random.integer(5)
    if (kind === 0) octets.splice(at, length)
    else if (kind === 1) octets.splice(at, 0, ...random.bytes(length))
    else if (kind === 2) octets.splice(at, 0, ...octets.slice(at, at + length * 4))
    else if (kind === 3 && at < octets.length) octets[at] = octets[at]! ^ (1 << random.integer(8))
    else octets = [...octets.slice(at), ...octets.slice(0, at)]
  }
  const pieces: Uint8Array[] = []
  for (let at = 0; at < octets.length;) {
    const size = 1 + random.integer(random.integer(3) === 0 ? 3 : octets.length)
    pieces.push(Uint8Array.from(octets.slice(at, at + size)))
    at += size
  }
  return pieces
}
