import { type Disk, systemDisk } from '../runtime/disk.ts'
import { openParent } from '../runtime/parent.ts'
import { openVault } from './vault.ts'

/** A process that saves many grants at once with others; started by the vault's tests. */
const { directory, number, times } = JSON.parse(process.argv[2] ?? '{}') as {
  directory: string
  number: number
  times: number
}

// A slower disk widens the moments in which writers can meet.
const disk: Disk = {
  ...systemDisk,
  async rename(from, to) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    await systemDisk.rename(from, to)
  },
}

const parent = openParent()
const vault = await openVault({ directory, key: new Uint8Array(32).fill(7), disk })
for (let time = 1; time <= times; time++) {
  const refreshToken = `process ${number} time ${time} ${'x'.repeat(number * 500)}`
  await vault.save('shared@example.test', { refreshToken, scope: '' })
  if ((await vault.load('shared@example.test')) === undefined) throw new Error('the shared grant is gone')
  await vault.save(`own-${number}@example.test`, { refreshToken, scope: '' })
}
parent.post('done')
parent.close()
