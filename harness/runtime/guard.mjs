// Plain JavaScript in the syntax of ten years ago, because a Node that is too old must still be able to read it.

var oldest = 24

/**
 * Says in one line why this program cannot run here, or returns undefined when it can.
 * Node runs TypeScript unbuilt, `await using` included, from version 24 on; Bun and Deno always do.
 */
export function unsupported(versions) {
  if (versions.bun || versions.deno || parseInt(versions.node, 10) >= oldest) return undefined
  return 'needs Node ' + oldest + ' or newer and runs on Node ' + versions.node
}

/** What a person does about it: the checkout brings its own Node, so a broken installation is the likely cause. */
export var remedy =
  'Run `npm ci` (it installs Node ' + oldest + ' beside the other packages), or install Node ' + oldest + '.'

/** Runs `program` when this runtime can; otherwise prints one line and leaves exit status 3, "could not run". */
export function guarded(program) {
  var reason = unsupported(process.versions)
  if (reason === undefined) return program()
  console.error('oauth-imap ' + reason + '. ' + remedy)
  process.exitCode = 3
}
