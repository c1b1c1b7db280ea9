import { describe, expect, it } from 'vitest'
import { templatePrinter } from './print.ts'

const POD = {
  metadata: { name: 'web', labels: { tier: 'fe', app: 'web' } },
  spec: {
    ports: [
      { port: 80, protocol: 'TCP' },
      { port: 443, protocol: 'TCP' },
    ],
    replicas: 0,
  },
  data: { secret: 'aGk=' },
}
const print = (source: string) => templatePrinter(source, { allowMissing: true })(POD)

describe('go templates', () => {
  it.each([
    ['{{.metadata.name}}', 'web'],
    ['{{range .spec.ports}}{{.port}}/{{.protocol}}{{"\\n"}}{{end}}', '80/TCP\n443/TCP\n'],
    ['{{range $k,$v := .metadata.labels}}{{$k}}={{$v}};{{end}}', 'app=web;tier=fe;'],
    ['{{range $i, $p := .spec.ports}}{{if $i}},{{end}}{{$p.port}}{{end}}', '80,443'],
    ['{{if .spec.none}}yes{{else if .spec.ports}}ports{{else}}no{{end}}', 'ports'],
    ['{{with .metadata}}{{.name}}{{end}}', 'web'],
    ['{{ .nosuch }}', '<no value>'],
    ['{{index .metadata.labels "app"}}', 'web'],
    ['{{(index .spec.ports 1).port}}', '443'],
    ['{{printf "%s-%d" .metadata.name 5}}', 'web-5'],
    ['{{.data.secret | base64decode}}', 'hi'],
    ['{{len .spec.ports}}', '2'],
    ['a {{- " b " -}} c', 'a b c'],
    ['{{/* note */}}x', 'x'],
    ['{{$x := .metadata.name}}{{$x}}', 'web'],
    ['{{if and (eq .metadata.name "web") (not .spec.replicas)}}ok{{end}}', 'ok'],
    ['{{range .spec.ports}}{{if eq .port 443}}{{break}}{{end}}{{.port}}{{end}}', '80'],
    ['{{.metadata.labels}}', 'map[app:web tier:fe]'],
    ['{{.spec.ports | len | printf "%03d"}}', '002'],
    ['{{range .none}}x{{else}}empty{{end}}', 'empty'],
    ['{{define "p"}}<{{.port}}>{{end}}{{range .spec.ports}}{{template "p" .}}{{end}}', '<80><443>'],
    ['{{block "b" .metadata}}{{.name}}{{end}}', 'web'],
    ['{{with .none}}a{{else with .metadata}}{{.name}}{{end}}', 'web'],
    ['{{and 0 (index .spec.ports 9)}}', '0'],
    ['{{slice "hello" 1 3}} {{urlquery "a b&c"}}', 'el a+b%26c'],
  ])('%s', (source, expected) => {
    expect(print(source)).toBe(expected)
  })

  // As kubectl 1.33 prints them.
  it.each([
    [
      '{{.spec.ports.foo}}',
      '1:7: executing "output" at <.spec.ports.foo>: can\'t evaluate field foo in type interface {}',
    ],
    [
      '{{with .spec.ports}}{{.foo}}{{end}}',
      '1:22: executing "output" at <.foo>: can\'t evaluate field foo in type []interface {}',
    ],
    ['{{eq 1 1.0}}', '1:2: executing "output" at <eq 1 1.0>: error calling eq: incompatible types for comparison'],
    ['{{not 1 2}}', '1:2: executing "output" at <not>: wrong number of args for not: want 1 got 2'],
    ['{{.nope | base64decode}}', '1:10: executing "output" at <base64decode>: invalid value; expected string'],
    ['{{template "no" .}}', '1:11: executing "output" at <{{template "no" .}}>: template "no" not defined'],
  ])('%s says where it fails', (source, expected) => {
    expect(() => print(source)).toThrow(`template: output:${expected}`)
  })

  it('says what is wrong with a template', () => {
    expect(() => print('{{.foo')).toThrow('error parsing template {{.foo, template: output:1: unclosed action')
    expect(() => print('{{nosuch .x}}')).toThrow('function "nosuch" not defined')
    expect(() => print('{{range .x}}')).toThrow('unexpected EOF')
  })
})
