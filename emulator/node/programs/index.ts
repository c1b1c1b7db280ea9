import { cat } from './cat.ts'
import { cp, mv } from './cp.ts'
import { date } from './date.ts'
import { echo } from './echo.ts'
import { env, printenv } from './env.ts'
import { grep } from './grep.ts'
import { head } from './head.ts'
import { hostname } from './hostname.ts'
import { httpd } from './httpd.ts'
import { id, ps, pwd, uname, whoami } from './identity.ts'
import { ls } from './ls.ts'
import { mkdir } from './mkdir.ts'
import { printf } from './printf.ts'
import type { ContainerProgram } from './program.ts'
import { rm } from './rm.ts'
import { seq } from './seq.ts'
import { sh } from './sh.ts'
import { sleep } from './sleep.ts'
import { falseProgram, trueProgram } from './status.ts'
import { tail } from './tail.ts'
import { tee } from './tee.ts'
import { bracket, test } from './test.ts'
import { touch } from './touch.ts'
import { wc } from './wc.ts'

const programs: readonly ContainerProgram[] = [
  cat,
  cp,
  mv,
  date,
  echo,
  env,
  printenv,
  grep,
  head,
  hostname,
  httpd,
  id,
  ps,
  pwd,
  uname,
  whoami,
  ls,
  mkdir,
  printf,
  rm,
  seq,
  sh,
  sleep,
  trueProgram,
  falseProgram,
  tail,
  tee,
  test,
  bracket,
  touch,
  wc,
]

/** General programs that container images name; `ash` and `bash` are the same small shell. */
export const PROGRAMS: ReadonlyMap<string, ContainerProgram> = new Map([
  ...programs.map((program) => [program.name, program] as const),
  ['ash', sh] as const,
  ['bash', sh] as const,
])
