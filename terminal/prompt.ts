import type { Shell } from './shell.ts'

/** Ubuntu's prompt: green name, blue directory. */
const UBUNTU = '\\[\\e[01;32m\\]\\u@\\h\\[\\e[00m\\]:\\[\\e[01;34m\\]\\w\\[\\e[00m\\]\\$ '

/** What PS1 is where nobody set it. */
export function defaultPrompt({ surroundings }: Pick<Shell, 'surroundings'>): string {
  if (surroundings.place.kind === 'machine') return UBUNTU
  if (surroundings.dialect === 'bash') return '\\u@\\h:\\w\\$ '
  return surroundings.dialect === 'ash' ? '\\w \\$ ' : '\\$ '
}

/** The prompt as it is shown: PS1 with its escapes replaced. */
export function primaryPrompt(shell: Shell, now: number): string {
  const { surroundings, state } = shell
  const format = state.env.get('PS1') ?? defaultPrompt(shell)
  const home = state.env.get('HOME') ?? ''
  const short = surroundings.place.kind === 'machine' || surroundings.dialect === 'bash'
  const directory = short ? abbreviate(state.cwd, home) : state.cwd
  const values: ReadonlyMap<string, string> = new Map([
    ['u', surroundings.user],
    ['h', surroundings.hostname.split('.')[0] ?? ''],
    ['H', surroundings.hostname],
    ['w', directory],
    ['W', directory === '/' ? '/' : (directory.split('/').at(-1) ?? '')],
    ['$', surroundings.user === 'root' ? '#' : '$'],
    ['n', '\r\n'],
    ['r', '\r'],
    ['e', '\u001b'],
    ['a', ''],
    ['[', ''],
    [']', ''],
    ['s', 'bash'],
    ['v', '5.2'],
    ['t', new Date(now).toISOString().slice(11, 19)],
    ['A', new Date(now).toISOString().slice(11, 16)],
    ['d', new Date(now).toUTCString().slice(0, 11)],
    ['!', '1'],
    ['#', '1'],
    ['?', String(state.code)],
    ['\\', '\\'],
  ])
  const text = format
    .replace(/\\033|\\x1b/g, '\u001b')
    .replace(/\\(.)/g, (whole, letter: string) => values.get(letter) ?? whole)
  return expandVariables(text, state.env, state.code)
}

export function secondaryPrompt(shell: Shell): string {
  return shell.state.env.get('PS2') ?? '> '
}

function abbreviate(path: string, home: string): string {
  if (home === '' || home === '/') return path
  if (path === home) return '~'
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}

function expandVariables(text: string, env: ReadonlyMap<string, string>, code: number): string {
  return text.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*)|(\?))/g, (_, braced?: string, bare?: string, status?: string) => {
    return status === undefined ? (env.get(braced ?? bare ?? '') ?? '') : String(code)
  })
}
