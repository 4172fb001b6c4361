/** Why an account cannot be served now, in the four ways that a user can act on. */
export class AccountProblem extends Error {
  readonly outcome: 'needs-consent' | 'transient' | 'configuration'

  constructor(outcome: AccountProblem['outcome'], reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'AccountProblem'
    this.outcome = outcome
  }
}
