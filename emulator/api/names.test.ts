import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  configMapKeyErrors,
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  envVarNameErrors,
  labelValueErrors,
  portNameErrors,
  qualifiedNameErrors,
} from './names.ts'

const accepted: readonly (readonly [rule: (name: string) => readonly string[], names: readonly string[]])[] = [
  [dns1123LabelErrors, ['web', 'web-1', '1svc', 'a'.repeat(63)]],
  [dns1123SubdomainErrors, ['web', 'a.b-c.d', '1.2.3.4']],
  [qualifiedNameErrors, ['app', 'example.com/App_1', 'a.b']],
  [labelValueErrors, ['', 'v1', 'A_b.c-d']],
  [portNameErrors, ['http', 'a-1', 'p8080']],
  [configMapKeyErrors, ['config.txt', 'KEY_1', '.hidden']],
  [envVarNameErrors, ['HOME', 'a b', 'a.b-c', '1A']],
]

test.each(accepted)('%o accepts what upstream accepts', (rule, names) => {
  expect(names.flatMap((name) => rule(name))).toEqual([])
})

test('a label with dots is told so, and not what its pattern is', () => {
  expect(dns1123LabelErrors('my.svc')).toEqual(['must not contain dots'])
})

test('lengths of names count in characters, of labels in bytes', () => {
  expect(dns1123LabelErrors('a'.repeat(64))).toEqual(['must be no more than 63 characters'])
  expect(labelValueErrors('a'.repeat(64))).toEqual(['must be no more than 63 bytes'])
})

test('each part of a qualified name is named', () => {
  expect(qualifiedNameErrors('/x')).toEqual(['prefix part must be non-empty'])
  expect(qualifiedNameErrors('bad key')[0]).toMatch(/^name part must consist of alphanumeric characters/)
  expect(qualifiedNameErrors('a/b/c')[0]).toMatch(
    /^a valid label key must consist .* \(e\.g\. 'example\.com\/MyName'\)$/,
  )
})

test.each([
  ['HTTP_bad', ['must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)']],
  ['80', ['must contain at least one letter (a-z)']],
  ['a--b-', ['must not contain consecutive hyphens', 'must not begin or end with a hyphen']],
  ['this-is-too-long', ['must be no more than 15 characters']],
])('port name %s', (name, errors) => {
  expect(portNameErrors(name)).toEqual(errors)
})

test('every rule answers quickly, whatever the text', () => {
  const rules = [dns1123SubdomainErrors, qualifiedNameErrors, labelValueErrors, configMapKeyErrors, envVarNameErrors]
  fc.assert(fc.property(fc.string(), (text) => rules.every((rule) => Array.isArray(rule(text)))))
  for (const rule of rules) expect(rule(`${'a-'.repeat(50_000)}!`).length).toBeGreaterThanOrEqual(0)
})
