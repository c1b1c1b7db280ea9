import type { CommandDefinition } from '../types.ts'
import { cat } from './cat.ts'
import { clear } from './clear.ts'
import { date } from './date.ts'
import { nano, vi } from './edit-file.ts'
import { env, printenv } from './env.ts'
import { help } from './help.ts'
import { hostname } from './hostname.ts'
import { id } from './id.ts'
import { kubectl } from './kubectl.ts'
import { ls } from './ls.ts'
import { createMan } from './man.ts'
import { pager } from './pager.ts'
import { ps } from './ps.ts'
import { reset } from './reset.ts'
import { sleep } from './sleep.ts'
import { ssh } from './ssh.ts'
import { su, sudo } from './sudo.ts'
import { uname } from './uname.ts'
import { watch } from './watch.ts'
import { whoami } from './whoami.ts'

const listed: readonly CommandDefinition[] = [
  cat,
  clear,
  date,
  env,
  help,
  hostname,
  id,
  kubectl,
  ls,
  nano,
  pager,
  printenv,
  ps,
  reset,
  sleep,
  ssh,
  su,
  sudo,
  uname,
  vi,
  watch,
  whoami,
]

/** Every command that the terminal adds to the shell library's text tools. */
export const commands: readonly CommandDefinition[] = [...listed, createMan(listed)]
