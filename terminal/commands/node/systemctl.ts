import type { Machine } from '../../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { journalLines } from './journal.ts'
import { nodeOf } from './node-place.ts'
import { commandOf, isEnabled, setEnabled, UNITS, type Unit, unitNamed, wantsPath } from './units.ts'

const INACTIVE = 3
const NO_SUCH_UNIT = 4
const NOT_FOUND = 5
const CHANGES = ['start', 'stop', 'restart', 'reload', 'try-restart', 'enable', 'disable']

/** systemctl for the units that a node's Kubernetes needs; texts of systemd 255. */
export const systemctl = defineCommand({
  name: 'systemctl',
  summary: 'Look at and control the kubelet and containerd',
  complete: (words) =>
    words.length === 1 ? [...CHANGES, 'status', 'is-active', 'list-units'] : UNITS.map(({ name }) => name),
  async run(context) {
    const { words, flags } = parseArguments(context.argv.slice(1), {
      flags: ['l', 'q', 'a', 'no-pager', 'full', 'all', 'now', 'quiet', 'failed'],
      values: ['type', 't', 'n', 'lines', 'state'],
    })
    const [verb = 'list-units', ...names] = words
    const node = nodeOf(context)
    if (node === undefined) {
      context.err(
        "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down\n",
      )
      return 1
    }
    if (verb === 'daemon-reload' || verb === 'reset-failed') return 0
    if (verb === 'list-units' || verb === 'list-unit-files') return listUnits(context, node, verb === 'list-unit-files')
    if (names.length === 0) {
      context.err('Too few arguments.\n')
      return 1
    }
    if (CHANGES.includes(verb) && context.user !== 'root') {
      context.err(
        `Failed to ${verb} ${names[0]?.replace(/(\.service)?$/, '.service')}: Interactive authentication required.\nSee system logs and 'systemctl status ${names[0]?.replace(/(\.service)?$/, '.service')}' for details.\n`,
      )
      return 1
    }
    let worst = 0
    for (const name of names) worst = Math.max(worst, one(context, node, verb, name, flags))
    return worst
  },
})

function one(context: CommandContext, node: Machine, verb: string, name: string, flags: ReadonlySet<string>): number {
  const unit = unitNamed(name)
  if (unit === undefined) return missing(context, verb, name.replace(/(\.service)?$/, '.service'))
  const quiet = flags.has('quiet') || flags.has('q')
  const running = node.units[unit.name] === 'running'
  const say = (text: string) => (quiet ? undefined : context.out(`${text}\n`))
  switch (verb) {
    case 'status':
      context.out(statusText(context, node, unit))
      return running ? 0 : INACTIVE
    case 'is-active':
      say(running ? 'active' : isFailing(node, unit) ? 'activating' : 'inactive')
      return running ? 0 : INACTIVE
    case 'is-enabled':
      say(isEnabled(unit, node) ? 'enabled' : 'disabled')
      return isEnabled(unit, node) ? 0 : 1
    case 'is-failed':
      say(running ? 'active' : 'inactive')
      return 1
    case 'cat':
      context.out(catText(node, unit))
      return 0
    case 'show':
      context.out(
        `Id=${unit.name}.service\nLoadState=loaded\nActiveState=${running ? 'active' : isFailing(node, unit) ? 'activating' : 'inactive'}\nSubState=${running ? 'running' : isFailing(node, unit) ? 'auto-restart' : 'dead'}\nUnitFileState=${isEnabled(unit, node) ? 'enabled' : 'disabled'}\nMainPID=${running ? unit.pid : 0}\nFragmentPath=/usr/lib/systemd/system/${unit.name}.service\n`,
      )
      return 0
    case 'start':
    case 'restart':
    case 'try-restart':
    case 'reload':
      return start(context, node, unit, verb !== 'start')
    case 'stop':
      context.cluster.setUnit(node.name, unit.name, 'stopped')
      return 0
    case 'enable':
    case 'disable':
      return enable(context, node, unit, verb === 'enable', flags.has('now'))
    default:
      context.err(`Unknown command verb '${verb}'.\n`)
      return 1
  }
}

function start({ cluster }: CommandContext, node: Machine, unit: Unit, again: boolean): number {
  if (again) cluster.setUnit(node.name, unit.name, 'stopped')
  cluster.setUnit(node.name, unit.name, 'running')
  return 0
}

function enable(context: CommandContext, node: Machine, unit: Unit, on: boolean, now: boolean): number {
  if (isEnabled(unit, node) !== on) {
    setEnabled(unit, node, on)
    context.err(
      on
        ? `Created symlink ${wantsPath(unit)} → /usr/lib/systemd/system/${unit.name}.service.\n`
        : `Removed "${wantsPath(unit)}".\n`,
    )
  }
  if (now && on) return start(context, node, unit, false)
  if (now) context.cluster.setUnit(node.name, unit.name, 'stopped')
  return 0
}

function catText({ files }: Machine, unit: Unit): string {
  const path = `/usr/lib/systemd/system/${unit.name}.service`
  const parts = [path, ...(unit.dropIn === undefined ? [] : [`${path}.d/${unit.dropIn}`])]
  return parts.map((part) => `# ${part}\n${files.read(part) ?? ''}`).join('\n')
}

function missing({ out, err }: CommandContext, verb: string, name: string): number {
  if (verb === 'is-active') {
    out('inactive\n')
    return NO_SUCH_UNIT
  }
  if (verb === 'status') {
    err(`Unit ${name} could not be found.\n`)
    return NO_SUCH_UNIT
  }
  if (verb === 'enable' || verb === 'disable' || verb === 'is-enabled') {
    err(
      `Failed to ${verb.replace('is-enabled', 'get unit file state for')} ${verb === 'is-enabled' ? '' : 'unit: Unit file '}${name}${verb === 'is-enabled' ? ': No such file or directory' : ' does not exist.'}\n`,
    )
    return 1
  }
  err(`Failed to ${verb} ${name}: Unit ${name} not found.\n`)
  return NOT_FOUND
}

/** It ends as soon as systemd starts it, every ten seconds. */
const isFailing = (node: Machine, unit: Unit): boolean => unit.name === 'kubelet' && node.kubeletFailure !== undefined

function statusText(context: CommandContext, node: Machine, unit: Unit): string {
  const running = node.units[unit.name] === 'running'
  const since = node.unitTimes[unit.name] ?? node.files.stat('/etc/hostname')?.modified ?? 0
  const now = context.cluster.now()
  const at = `${new Date(since).toUTCString().slice(0, 3)} ${new Date(since).toISOString().slice(0, 19).replace('T', ' ')} UTC; ${ago(now - since)} ago`
  const active = running
    ? `active (running) since ${at}`
    : isFailing(node, unit)
      ? `activating (auto-restart) (Result: exit-code) since ${at}`
      : `inactive (dead) since ${at}`
  const path = '/usr/lib/systemd/system'
  const lines = [
    `${running || isFailing(node, unit) ? '●' : '○'} ${unit.name}.service - ${unit.description}`,
    `     Loaded: loaded (${path}/${unit.name}.service; ${isEnabled(unit, node) ? 'enabled' : 'disabled'}; preset: enabled)`,
    ...(unit.dropIn === undefined
      ? []
      : [`    Drop-In: ${path}/${unit.name}.service.d`, `             └─${unit.dropIn}`]),
    `     Active: ${active}`,
    `       Docs: ${unit.docs}`,
    ...(running
      ? [
          `   Main PID: ${unit.pid} (${unit.name})`,
          `      Tasks: ${unit.tasks} (limit: 4626)`,
          `     Memory: ${unit.memory}`,
          `        CPU: ${cpuTime((now - since) * 0.02)}`,
          `     CGroup: /system.slice/${unit.name}.service`,
          `             └─${unit.pid} ${commandOf(unit, node)}`,
        ]
      : [
          `    Process: ${unit.pid} ExecStart=${unit.start} (code=exited, status=${exitOf(node, unit)})`,
          `   Main PID: ${unit.pid} (code=exited, status=${exitOf(node, unit)})`,
          '        CPU: 63ms',
        ]),
  ]
  const journal = journalLines(context.cluster, node, unit.name).slice(-10)
  return `${lines.join('\n')}\n\n${journal.map(({ text }) => `${text}\n`).join('')}`
}

const exitOf = (node: Machine, unit: Unit): string =>
  (isFailing(node, unit) ? node.kubeletFailure?.status : undefined) ?? '0/SUCCESS'

function cpuTime(ms: number): string {
  const seconds = ms / 1000
  if (seconds < 60) return `${seconds.toFixed(3)}s`
  return `${Math.floor(seconds / 60)}min ${(seconds % 60).toFixed(3)}s`
}

function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}min${seconds % 60 === 0 ? '' : ` ${seconds % 60}s`}`
  if (seconds < 86_400)
    return `${Math.floor(seconds / 3_600)}h${seconds % 3_600 < 60 ? '' : ` ${Math.floor((seconds % 3_600) / 60)}min`}`
  const days = Math.floor(seconds / 86_400)
  const weeks = Math.floor(days / 7)
  return weeks > 0
    ? `${weeks} week${weeks > 1 ? 's' : ''} ${days % 7} day${days % 7 === 1 ? '' : 's'}`
    : `${days} day${days > 1 ? 's' : ''}`
}

function listUnits({ out }: CommandContext, node: Machine, files: boolean): number {
  if (files) {
    out(
      `UNIT FILE          STATE    PRESET\n${UNITS.map((unit) => `${`${unit.name}.service`.padEnd(18)} ${(isEnabled(unit, node) ? 'enabled' : 'disabled').padEnd(8)} enabled\n`).join('')}\n${UNITS.length} unit files listed.\n`,
    )
    return 0
  }
  const running = UNITS.filter(({ name }) => node.units[name] === 'running')
  const rows = running.map(
    (unit) => `  ${`${unit.name}.service`.padEnd(18)} loaded active running ${unit.description}\n`,
  )
  out(
    `  UNIT               LOAD   ACTIVE SUB     DESCRIPTION\n${rows.join('')}\nLegend: LOAD   → Reflects whether the unit definition was properly loaded.\n        ACTIVE → The high-level unit activation state, i.e. generalization of SUB.\n        SUB    → The low-level unit activation state, values depend on unit type.\n\n${rows.length} loaded units listed.\n`,
  )
  return 0
}
