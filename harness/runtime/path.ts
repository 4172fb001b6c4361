/** File paths, for code that must not know which runtime it runs on. */
export { basename, dirname, join, relative, resolve } from 'node:path'
export { fileURLToPath, pathToFileURL } from 'node:url'
