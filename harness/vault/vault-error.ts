export type VaultProblem =
  | 'wrong-key'
  | 'damaged'
  | 'newer-version'
  | 'not-a-plain-file'
  | 'not-private'
  | 'locked'
  | 'unreadable'
  | 'unwritable'

/** Why a grant could not be loaded, saved or erased. The file stands as it stood; its content is in no message. */
export class VaultError extends Error {
  readonly problem: VaultProblem
  readonly file: string

  constructor(problem: VaultProblem, file: string, message: string, options?: ErrorOptions) {
    super(`${file}: ${message}`, options)
    this.name = 'VaultError'
    this.problem = problem
    this.file = file
  }
}
