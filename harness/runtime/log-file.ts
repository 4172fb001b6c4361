import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** A file that only ever grows, line by line. */
export interface LogFile {
  /** The beginning of a last line that was never ended, as of a process that was killed; empty where there is none. */
  readonly rest: string
  /**
   * Writes whole lines, one call after the other, in the place of `rest`; returns when the system has them all: not even
   * a process that is killed loses them then. Once one call has failed, all do.
   *
   * @throws LogGrew, and what the system says
   */
  append(text: string): Promise<void>
  /** Removes all lines. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** Somebody else writes to the same file. */
export class LogGrew extends Error {
  constructor(path: string) {
    super(`${path} is being written to by another process`)
    this.name = 'LogGrew'
  }
}

const chunkLength = 65_536
const lineEnd = 0x0a
/** Octets of one line. */
const longest = 16 * 1024 * 1024
const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR } = constants

/**
 * Opens a log, makes it for its owner’s eyes where there is none, and tells the whole lines that stand in it. Nothing is
 * changed before the first `append`. No symbolic link is followed.
 */
export async function openLogFile(path: string, onLine: (line: string) => void): Promise<LogFile> {
  const file = await open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600)
  try {
    await requirePlain(file, path)
    return growing(file, path, await readLines(file, onLine))
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Tells the whole lines of a log and changes nothing. */
export async function readLogFile(path: string, onLine: (line: string) => void): Promise<void> {
  const file = await open(path, O_RDONLY | O_NONBLOCK)
  try {
    await requirePlain(file, path)
    await readLines(file, onLine)
  } finally {
    await file.close()
  }
}

async function requirePlain(file: FileHandle, path: string): Promise<void> {
  if ((await file.stat()).isFile()) return
  throw Object.assign(new Error(`${path} is no plain file`), { code: 'ENXIO' })
}

interface Read {
  /** Octets up to the end of the last whole line, and in all. */
  readonly whole: number
  readonly all: number
  readonly rest: string
}

async function readLines(file: FileHandle, onLine: (line: string) => void): Promise<Read> {
  const decoder = new TextDecoder()
  let whole = 0
  let open: Uint8Array[] = []
  for (let all = 0; ;) {
    const { bytesRead, buffer } = await file.read(new Uint8Array(chunkLength), 0, chunkLength, all)
    if (bytesRead === 0) return { whole, all, rest: decoder.decode(Buffer.concat(open)) }
    const chunk = buffer.subarray(0, bytesRead)
    let begin = 0
    for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, begin)) {
      const line = decoder.decode(Buffer.concat([...open, chunk.subarray(begin, end)]))
      open = []
      begin = end + 1
      whole = all + begin
      onLine(line)
    }
    open.push(chunk.subarray(begin))
    all += bytesRead
    if (all - whole > longest) throw Object.assign(new Error('a line has no end'), { code: 'EFBIG' })
  }
}

function growing(file: FileHandle, path: string, { whole, all, rest }: Read): LogFile {
  let length = all
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    // What failed is not gone on from: half a line may stand there.
    turn = turn.then(work)
    turn.catch(() => {})
    return turn
  }
  const cutTo = async (octets: number): Promise<void> => {
    if ((await file.stat()).size !== length) throw new LogGrew(path)
    if (length === octets) return
    await file.truncate(octets)
    length = octets
  }
  let begun = false
  return {
    rest,
    append: (text) =>
      inTurn(async () => {
        await cutTo(begun ? length : whole)
        begun = true
        const octets = new TextEncoder().encode(text)
        // A write may end short, when the disk is full for example; the next one then tells why.
        for (let at = 0; at < octets.length;) at += (await file.write(octets, at)).bytesWritten
        length += octets.length
      }),
    clear: () =>
      inTurn(async () => {
        await cutTo(0)
        begun = true
      }),
    close: () => turn.catch(() => {}).then(() => file.close()),
  }
}
