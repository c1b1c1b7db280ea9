import { spawn } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { FOLDER, HOST, type StepResult } from './cases.ts'

export interface RealBash {
  /** The folder that stands for `/`. */
  readonly root: string
  run(script: string): Promise<StepResult>
  dispose(): void
}

export interface RealBashOptions {
  readonly kubectl: string
  readonly kubeconfig: string
  readonly files: { readonly [path: string]: string }
  /** Programs that are answered elsewhere: by `wrapper`, which is called with the program's name and arguments. */
  readonly elsewhere: readonly string[]
  readonly wrapper: string
  readonly limitMs: number
}

/** Saves what the next step begins with. `bash -c` has no other place for it that leaves its error messages alone. */
const PRELUDE = 'unset BASH_ENV; trap \'env -0 >"$REPLAY_STATE/env"; pwd >"$REPLAY_STATE/cwd"\' EXIT\n'

/** A real bash in a temporary folder of its own; working directory and exported variables carry over between runs. */
export function createRealBash(options: RealBashOptions): RealBash {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-replay-')))
  const programs = join(root, 'programs')
  const state = join(root, 'state')
  const home = join(root, 'root')
  let cwd = join(root, FOLDER)
  for (const folder of [programs, state, join(home, '.kube'), cwd, join(root, 'tmp')])
    mkdirSync(folder, { recursive: true })
  for (const name of ['kubectl', 'k']) symlinkSync(options.kubectl, join(programs, name))
  for (const name of options.elsewhere) writeWrapper(join(programs, name), options.wrapper, name)
  writeFileSync(join(state, 'prelude'), PRELUDE)
  writeFileSync(join(home, '.kube/config'), options.kubeconfig, { mode: 0o600 })
  for (const [path, text] of Object.entries(options.files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  const own = { BASH_ENV: join(state, 'prelude'), REPLAY_STATE: state }
  let env: NodeJS.ProcessEnv = {
    HOME: home,
    HOSTNAME: HOST,
    KUBECONFIG: join(home, '.kube/config'),
    LANG: 'C.UTF-8',
    LOGNAME: 'root',
    PATH: `${programs}:/usr/bin:/bin`,
    SHELL: '/bin/bash',
    TERM: 'dumb',
    REPLAY_SOCKET: join(root, 'socket'),
    TMPDIR: join(root, 'tmp'),
    USER: 'root',
  }
  const outside = (text: string): string => text.replaceAll(root, '')
  return {
    root,
    async run(script) {
      const result = await bash(script, cwd, { ...env, ...own }, options.limitMs)
      // A step that was killed leaves no state of its own.
      env = Object.fromEntries(
        read(join(state, 'env'))
          .split('\0')
          .filter((line) => line.includes('='))
          .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
      )
      cwd = read(join(state, 'cwd')).trimEnd() || cwd
      return { ...result, stdout: outside(result.stdout), stderr: outside(result.stderr) }
    },
    dispose: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}

function read(path: string): string {
  return readFileSync(path, 'utf8')
}

function writeWrapper(path: string, wrapper: string, name: string): void {
  writeFileSync(path, `#!/bin/sh\nexec ${wrapper} ${name} "$@"\n`)
  chmodSync(path, 0o755)
}

function bash(script: string, cwd: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<StepResult> {
  return new Promise((resolve, reject) => {
    // A process group of its own: whatever a step left running ends with it.
    const child = spawn('/bin/bash', ['-c', script], {
      argv0: 'bash',
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let stdout = ''
    let stderr = ''
    const kill = (): void => {
      try {
        if (child.pid) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nobody is left in the group.
      }
    }
    let late = false
    const timer = setTimeout(() => {
      late = true
      kill()
    }, limitMs)
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('exit', () => {
      clearTimeout(timer)
    })
    child.on('close', (code) => {
      kill()
      resolve(
        late
          ? { stdout, stderr: `${stderr}replay: the step did not end\n`, code: 124 }
          : { stdout, stderr, code: code ?? 255 },
      )
    })
  })
}
