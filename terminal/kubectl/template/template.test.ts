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
  ])('%s', (source, expected) => {
    expect(print(source)).toBe(expected)
  })

  it('says what is wrong with a template', () => {
    expect(() => print('{{.foo')).toThrow('error parsing template {{.foo, template: output:1: unclosed action')
    expect(() => print('{{nosuch .x}}')).toThrow('function "nosuch" not defined')
    expect(() => print('{{range .x}}')).toThrow('unexpected EOF')
  })
})
