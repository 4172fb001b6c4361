const day = 24 * 60 * 60 * 1000

/** Seconds; captured answers say `3599`. */
export const accessTokenLifetime = 3599
/** Milliseconds that a consent to an External project in status Testing lasts (Google, Manage App Audience). */
export const testingLifetime = 7 * day
/** Milliseconds without use that end a refresh token, or a client: six months (Google, OAuth 2.0 overview). */
export const idleLimit = 182 * day
/** Live refresh tokens of one account and client; one more silently ends the oldest (Google, OAuth 2.0 overview). */
export const refreshTokenLimit = 100

/** Whole seconds that surely remain: captured answers say `604799` of seven days just begun, as `3599` of an hour. */
export const secondsUntil = (at: number, now: number): number => Math.ceil((at - now) / 1000) - 1
