import { describe, expect, it } from 'vitest'
import { fillHop } from './hop-text.ts'

const hop = {
  code: 'any',
  params: { source: 'Pod web-1', peer: 'Pod default/web-1 (app=web)', port: 80 },
  text: 'Text.',
}

describe('fillHop', () => {
  it('puts the parameters in', () => {
    expect(fillHop('{source} asks {port}, {unknown}', hop)).toBe('Pod web-1 asks 80, {unknown}')
  })
  it('puts the kind behind the name where the language does', () => {
    expect(fillHop('{source}: {peer}', hop, '{name} 파드')).toBe('web-1 파드: default/web-1 파드 (app=web)')
  })
  it('falls back to the sentence of the hop', () => {
    expect(fillHop(undefined, hop)).toBe('Text.')
  })
})
