#!/usr/bin/env node
// The command itself: asks first whether this runtime can read TypeScript, and only then loads any.
import { guarded } from '../runtime/guard.mjs'

guarded(() => import('./main.ts'))
