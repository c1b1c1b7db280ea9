import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FlagDefinitions, FlagError, HelpRequested, parseFlags } from './flags.ts'

const FLAGS: FlagDefinitions = {
  all: { kind: 'bool', summary: '' },
  'all-namespaces': { kind: 'bool', shorthand: 'A', summary: '' },
  'dry-run': { kind: 'string', default: 'none', bare: 'unchanged', summary: '' },
  filename: { kind: 'stringSlice', shorthand: 'f', summary: '' },
  'from-literal': { kind: 'stringArray', summary: '' },
  namespace: { kind: 'string', shorthand: 'n', default: '', summary: '' },
  old: { kind: 'bool', deprecated: 'use the new one', summary: '' },
  output: { kind: 'string', shorthand: 'o', summary: '' },
  port: { kind: 'int32', summary: '' },
  replicas: { kind: 'int', shorthand: 'r', default: 1, summary: '' },
  timeout: { kind: 'duration', summary: '' },
  watch: { kind: 'bool', shorthand: 'w', summary: '' },
}
const parse = (...words: string[]) => parseFlags(words, FLAGS)

describe('flags', () => {
  it('reads long, short, joined and clustered forms', () => {
    const { flags, args } = parse('get', '--namespace=a', '-oyaml', '-wA', 'pods', '-r=3', '--all')
    expect(args).toEqual(['get', 'pods'])
    expect([flags.string('namespace'), flags.string('output'), flags.number('replicas')]).toEqual(['a', 'yaml', 3])
    expect([flags.bool('watch'), flags.bool('all-namespaces'), flags.bool('all')]).toEqual([true, true, true])
  })

  it('lets the last of several values win, and collects lists', () => {
    const { flags } = parse(
      '-n',
      'a',
      '-n',
      'b',
      '-f',
      'x,y',
      '-f',
      'z',
      '--from-literal=k=1,2',
      '--from-literal',
      'l=3',
    )
    expect(flags.string('namespace')).toBe('b')
    expect(flags.list('filename')).toEqual(['x', 'y', 'z'])
    expect(flags.list('from-literal')).toEqual(['k=1,2', 'l=3'])
  })

  it('stops reading at --, and says where that was', () => {
    const { args, argsBeforeDash } = parse('exec', 'web', '--', 'ls', '-l', '--all')
    expect(args).toEqual(['exec', 'web', 'ls', '-l', '--all'])
    expect(argsBeforeDash).toBe(2)
    expect(parse('a').argsBeforeDash).toBe(-1)
  })

  it('gives a flag without its value the value it then has', () => {
    expect(parse('--dry-run').flags.string('dry-run')).toBe('unchanged')
    expect(parse('--dry-run', 'client').args).toEqual(['client'])
    expect(parse('--watch=false').flags.bool('watch')).toBe(false)
    expect(parse().flags.number('replicas')).toBe(1)
  })

  it('reads durations', () => {
    expect(parse('--timeout=1h2m3.5s').flags.number('timeout')).toBe(3_723_500)
    expect(parse('--timeout=0').flags.number('timeout')).toBe(0)
  })

  it('reports the use of a deprecated flag', () => {
    expect(parse('--old').notices).toEqual(['Flag --old has been deprecated, use the new one'])
  })

  it.each([
    [['--nosuch'], 'unknown flag: --nosuch'],
    [['--nosuch=1'], 'unknown flag: --nosuch'],
    [['-z'], "unknown shorthand flag: 'z' in -z"],
    [['-wz'], "unknown shorthand flag: 'z' in -z"],
    [['--output'], 'flag needs an argument: --output'],
    [['-o'], "flag needs an argument: 'o' in -o"],
    [['-wo'], "flag needs an argument: 'o' in -o"],
    [['---x'], 'bad flag syntax: ---x'],
    [['--=x'], 'bad flag syntax: --=x'],
    [
      ['--replicas=two'],
      'invalid argument "two" for "-r, --replicas" flag: strconv.ParseInt: parsing "two": invalid syntax',
    ],
    [
      ['--port=99999999999'],
      'invalid argument "99999999999" for "--port" flag: strconv.ParseInt: parsing "99999999999": value out of range',
    ],
    [
      ['--watch=maybe'],
      'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [['--timeout=5'], 'invalid argument "5" for "--timeout" flag: time: missing unit in duration "5"'],
    [['--timeout=soon'], 'invalid argument "soon" for "--timeout" flag: time: invalid duration "soon"'],
    [['--timeout=5x'], 'invalid argument "5x" for "--timeout" flag: time: unknown unit "x" in duration "5x"'],
  ])('refuses %j', (words, message) => {
    expect(() => parse(...words)).toThrow(new FlagError(message))
  })

  it('answers a plea for help', () => {
    expect(() => parse('get', '-h')).toThrow(HelpRequested)
    expect(() => parse('--help')).toThrow(HelpRequested)
  })

  it('meets any words with a result or one of its two errors', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('--', '-', '-o', '--all', '-wA', '--replicas=1', '-r', '2', '__proto__', '--__proto__'),
    )
    fc.assert(
      fc.property(fc.array(word), (words) => {
        try {
          parse(...words)
        } catch (error) {
          expect(error instanceof FlagError || error instanceof HelpRequested).toBe(true)
        }
      }),
    )
  })
})
