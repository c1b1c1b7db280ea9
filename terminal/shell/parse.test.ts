import { describe, expect, it } from 'vitest'
import { parseShell } from './parse.ts'

describe('parseShell', () => {
  it('leaves patterns and quotes of here-documents as they are', () => {
    const text = "cat <<EOF\ncommand: [sleep, '3600'] ~ *\nEOF\n"
    expect(JSON.stringify(parseShell(text))).not.toMatch(/"(Glob|TildeExpansion)"/)
  })

  it.each([
    'for i in 1',
    'for i in 1; do',
    'if true; then',
    'if true; then echo a',
    'while true; do\n a',
    'case x in',
    'f() {',
    '{ a',
    '(a',
    'a |',
    'a &&',
    'a ||\n',
    'echo "abc',
    "echo 'abc",
    'echo $(a',
    'echo `a',
    'foo \\',
    'cat <<EOF',
    'cat <<EOF\nhi',
    "kubectl apply -f - <<'EOF'\nkind: Pod",
  ])('wants more after %j', (text) => {
    expect(parseShell(text).kind).toBe('incomplete')
  })

  it.each([
    '',
    '# comment |',
    'echo a # b &&',
    'echo "a |"',
    'cat <<EOF\nhi\nEOF',
    'echo \\\\',
    'a; b',
    'echo a\\ b',
    "echo 'a\\'",
  ])('is content with %j', (text) => {
    expect(parseShell(text).kind).toBe('script')
  })

  it.each([
    ['fi', "syntax error near unexpected token `fi'"],
    ['echo )', "syntax error near unexpected token `)'"],
    ['done', "syntax error near unexpected token `done'"],
  ])('refuses %j', (text, message) => {
    expect(parseShell(text)).toEqual({ kind: 'error', message })
  })
})
