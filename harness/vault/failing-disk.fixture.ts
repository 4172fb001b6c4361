import { type Disk, type NewFile, systemDisk } from '../runtime/disk.ts'

export interface FailingDisk {
  readonly disk: Disk
  /** Steps that were begun, by name, in their order. */
  readonly steps: string[]
}

/**
 * The real disk, on which one step fails.
 *
 * `crash`: the process is dead from the middle of that step on, so nothing can tidy up either. `full`: that step alone
 * fails, as on a full disk.
 */
export function failingDisk(at: number, mode: 'crash' | 'full'): FailingDisk {
  const steps: string[] = []
  const step = async <T>(
    name: string,
    run: () => Promise<T>,
    half: () => Promise<unknown> = async () => {},
  ): Promise<T> => {
    steps.push(name)
    if (steps.length - 1 === at) await half()
    if (steps.length - 1 === at || (mode === 'crash' && steps.length - 1 > at))
      throw Object.assign(new Error(`${mode} in ${name}`), { code: mode === 'full' ? 'ENOSPC' : 'CRASH' })
    return run()
  }
  const failing = (file: NewFile): NewFile => ({
    write: (bytes) =>
      step(
        'write',
        () => file.write(bytes),
        () => file.write(bytes.subarray(0, bytes.length / 2)),
      ),
    sync: () => step('sync', file.sync),
    close: async () => {
      await file.close()
      await step('close', async () => {})
    },
  })
  const disk: Disk = {
    create: (path) => step('create', async () => failing(await systemDisk.create(path))),
    read: (path) => step('read', () => systemDisk.read(path)),
    rename: (from, to) => step('rename', () => systemDisk.rename(from, to)),
    remove: (path) => step('remove', () => systemDisk.remove(path)),
    names: (directory) => step('names', () => systemDisk.names(directory)),
    syncDirectory: (directory) => step('syncDirectory', () => systemDisk.syncDirectory(directory)),
    makePrivateDirectory: systemDisk.makePrivateDirectory,
  }
  return { disk, steps }
}
