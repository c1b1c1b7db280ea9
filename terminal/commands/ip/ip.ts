import { type CommandContext, defineCommand } from '../../types.ts'
import { type Interface, interfacesOf } from './interfaces.ts'
import { briefAddress, briefLink, busyboxBlock, fullBlock, linkBlock, linkOneLine, oneLine } from './layout.ts'
import { neighboursOf, type Route, routeLine, routesOf, routeTo } from './routes.ts'

interface Asked {
  readonly family: '4' | '6' | ''
  readonly brief: boolean
  readonly single: boolean
  readonly words: readonly string[]
}

const USAGE = `Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }
       ip [ -force ] -batch filename
where  OBJECT := { address | link | neighbour | route | rule }
       OPTIONS := { -V[ersion] | -s[tatistics] | -d[etails] | -4 | -6 | -o[neline] | -br[ief] | -c[olor] }
`

/** `ip address|link|route|neighbour|rule`: the addresses and routes that the emulated network works with. */
export const ip = defineCommand({
  name: 'ip',
  summary: 'Show addresses, links, routes and neighbours',
  complete: (words) => (words.length === 1 ? ['address', 'link', 'neighbour', 'route', 'rule'] : []),
  async run(context) {
    const asked = parse(context.argv.slice(1))
    if ('code' in asked) {
      context.err(asked.text)
      return asked.code
    }
    const [object = '', ...rest] = asked.words
    if (object === '' || object === 'help') {
      context.err(USAGE)
      return object === '' ? 255 : 0
    }
    const found = OBJECTS.find(([name]) => name.startsWith(object))
    if (found === undefined) {
      context.err(`Object "${object}" is unknown, try "ip help".\n`)
      return 1
    }
    const [verb = 'show'] = rest
    if (CHANGES.has(verb) && context.user !== 'root') {
      context.err('RTNETLINK answers: Operation not permitted\n')
      return 2
    }
    if (CHANGES.has(verb)) {
      context.err(`ip: changing a machine's network by "ip ${found[0]} ${verb}" is not emulated\n`)
      return 1
    }
    return found[1](context, { ...asked, words: rest })
  },
})

const CHANGES = new Set(['add', 'del', 'delete', 'set', 'flush', 'change', 'replace', 'append'])

function parse(argv: readonly string[]): Asked | { readonly text: string; readonly code: number } {
  let family: Asked['family'] = ''
  let brief = false
  let single = false
  const words: string[] = []
  for (const word of argv) {
    const flag = word.startsWith('-') ? word.replace(/^--?/, '').replace(/^c(o(l(o(r)?)?)?)?=.*/, 'c') : undefined
    if (flag === undefined || words.length > 0) words.push(word)
    else if (flag === '4' || flag === '6') family = flag
    else if (flag !== '' && 'brief'.startsWith(flag) && flag.length > 1) brief = true
    else if (flag !== '' && 'oneline'.startsWith(flag)) single = true
    else if (flag === 'V' || flag === 'Version') return { text: 'ip utility, iproute2-6.1.0, libbpf 1.3.0\n', code: 0 }
    else if (
      ![
        's',
        'stats',
        'statistics',
        'd',
        'details',
        'c',
        'color',
        'h',
        'human',
        'r',
        'resolve',
        'a',
        'all',
        'n',
      ].includes(flag)
    )
      return { text: `Option "${word}" is unknown, try "ip -help".\n`, code: 255 }
  }
  return { family, brief, single, words }
}

/** Those that the words after `show` leave: a name, `dev NAME`, `type KIND`, `up`. */
function chosen(context: CommandContext, words: readonly string[]): readonly Interface[] | string {
  const rest = words.filter((word) => !['show', 'list', 'ls', 'lst', 'sh', 's', 'up'].includes(word))
  const type = rest.includes('type') ? rest[rest.indexOf('type') + 1] : undefined
  const name = rest.filter((word, at) => word !== 'dev' && word !== 'type' && rest[at - 1] !== 'type')[0]
  const all = interfacesOf(context)
  const shown = all.filter(
    (one) => (name === undefined || one.name === name) && (type === undefined || one.kind === type),
  )
  return name !== undefined && shown.length === 0 ? name : shown
}

function address(context: CommandContext, { family, brief, single, words }: Asked): number {
  const shown = chosen(context, words)
  if (typeof shown === 'string') return noDevice(context, shown)
  const text = (one: Interface): string => {
    if (context.userland === 'busybox') return single ? oneLine(one, family) : busyboxBlock(one, family, true)
    if (brief) return briefAddress(one, family)
    return single ? oneLine(one, family) : fullBlock(one, family)
  }
  context.out(
    shown
      .filter((one) => family !== '4' || one.address !== undefined)
      .map(text)
      .join(''),
  )
  return 0
}

function link(context: CommandContext, { brief, single, words }: Asked): number {
  const shown = chosen(context, words)
  if (typeof shown === 'string') return noDevice(context, shown)
  const text = (one: Interface): string => {
    if (context.userland === 'busybox') return busyboxBlock(one, '', false)
    return brief ? briefLink(one) : single ? linkOneLine(one) : linkBlock(one)
  }
  context.out(shown.map(text).join(''))
  return 0
}

function noDevice(context: CommandContext, name: string): number {
  context.err(
    context.userland === 'busybox' ? `ip: can't find device '${name}'\n` : `Device "${name}" does not exist.\n`,
  )
  return 1
}

function route(context: CommandContext, { family, words }: Asked): number {
  const [verb = 'show', ...rest] = words
  if (family === '6') return 0
  if (verb === 'get') return routeGet(context, rest[0])
  const device = words.includes('dev') ? words[words.indexOf('dev') + 1] : undefined
  const wanted = rest.find((word) => word === 'default' || /^\d+\.\d+\.\d+\.\d+/.test(word))
  const fits = (one: Route): boolean =>
    (device === undefined || one.device === device) && (wanted === undefined || one.to === wanted)
  context.out(
    routesOf(context)
      .filter(fits)
      .map((one) => `${routeLine(one)}\n`)
      .join(''),
  )
  return 0
}

function routeGet(context: CommandContext, to: string | undefined): number {
  if (to === undefined || !/^\d+\.\d+\.\d+\.\d+$/.test(to)) {
    context.err(
      to === undefined
        ? 'need at least a destination address\n'
        : `Error: any valid prefix is expected rather than "${to}".\n`,
    )
    return 1
  }
  const own = interfacesOf(context).some(({ address: at }) => at === to) || to.startsWith('127.')
  const found = routeTo(routesOf(context), to)
  const user = context.user === 'root' ? 0 : 1000
  if (own) context.out(`local ${to} dev lo src ${to} uid ${user} \n    cache <local> \n`)
  else if (found !== undefined)
    context.out(
      `${to}${found.via === undefined ? '' : ` via ${found.via}`} dev ${found.device} src ${found.source} uid ${user} \n    cache \n`,
    )
  return 0
}

function neighbour(context: CommandContext, { family, words }: Asked): number {
  if (family === '6') return 0
  const device = words.includes('dev') ? words[words.indexOf('dev') + 1] : undefined
  for (const one of neighboursOf(context)) {
    if (device !== undefined && one.device !== device) continue
    const mac = one.state === 'FAILED' ? '' : `lladdr ${one.mac} `
    context.out(`${one.address} dev ${one.device} ${mac}${one.state} \n`)
  }
  return 0
}

function rule({ out }: CommandContext): number {
  out('0:\tfrom all lookup local\n32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n')
  return 0
}

/** In the order in which iproute2 takes abbreviations. */
const OBJECTS: readonly (readonly [name: string, run: (context: CommandContext, asked: Asked) => number])[] = [
  ['address', address],
  ['route', route],
  ['rule', rule],
  ['neighbour', neighbour],
  ['neighbor', neighbour],
  ['link', link],
]
