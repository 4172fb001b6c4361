#!/usr/bin/env node
// Plain JavaScript: a Node that is too old to read the rest has to be told so.
import { guarded } from '../runtime/guard.mjs'

guarded(() => import('./main.ts'))
