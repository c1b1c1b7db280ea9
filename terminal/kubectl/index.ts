/** Every kubectl command, in the order in which `kubectl --help` lists them and suggestions are made. */
import type { Subcommand } from './cli/subcommand.ts'
import { annotate } from './commands/annotate.ts'
import { apply } from './commands/apply.ts'
import { create } from './commands/create.ts'
import { remove } from './commands/delete.ts'
import { describe } from './commands/describe.ts'
import { edit } from './commands/edit.ts'
import { exec } from './commands/exec.ts'
import { expose } from './commands/expose.ts'
import { get } from './commands/get.ts'
import { label } from './commands/label.ts'
import { logs } from './commands/logs.ts'
import { patch } from './commands/patch.ts'
import { replace } from './commands/replace.ts'
import { run } from './commands/run.ts'
import { scale } from './commands/scale.ts'

export const subcommands: readonly Subcommand[] = [create, expose, run, get, edit, remove, scale, describe, logs, exec, apply, patch, replace, label, annotate]
