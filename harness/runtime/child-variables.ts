/** What a child process of ours is told in its environment; the subject in it and its children see the first of them too. */

/** In the environment of everything that is started here: who started it, and a name for this one tree. */
export const treeVariable = 'OAUTH_IMAP_PROCESS_TREE'

/** The mask that the child sets for itself, in octal digits. */
export const umaskVariable = 'OAUTH_IMAP_UMASK'
