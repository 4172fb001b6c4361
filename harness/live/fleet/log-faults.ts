import { Fault } from '../../model/fault.ts'
import { errorCode } from '../../runtime/error-code.ts'
import { LogGrew } from '../../runtime/log-file.ts'

const anew = 'Name another file with --log, or begin this one anew with --fresh.'

export const noLog = (path: string): Fault =>
  new Fault('SETTINGS_INVALID', `${path} is no log of live runs.`, 'Name another file with --log.')

export const asksOtherwise = (path: string, names: readonly string[]): Fault =>
  new Fault('USAGE', `${path} holds a run that was asked otherwise (${names.join(', ')}).`, anew)

export const damaged = (path: string, line: number, hint = anew): Fault =>
  new Fault('SETTINGS_INVALID', `${path}:${line} is no line of a log of live runs.`, hint)

export const inUse = (path: string, cause: unknown): Fault =>
  new Fault('OUTPUT_UNWRITABLE', `${path} is being written to by another run.`, 'Wait for it, or name another --log.', {
    cause,
  })

/** Names what the system says. */
export function cannot(path: string, error: unknown): never {
  if (error instanceof LogGrew) throw inUse(path, error)
  const code = errorCode(error)
  if (code === undefined) throw error
  const hint = 'Look at the disk, then run again: it goes on from what is written. Or name another file with --log.'
  throw new Fault('OUTPUT_UNWRITABLE', `Cannot write ${path}: ${code}.`, hint, { cause: error })
}
