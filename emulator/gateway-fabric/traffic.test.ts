import { describe, expect, it } from 'vitest'
import { http, installed, to } from './testing/installed.ts'

const web = { parentRefs: [{ name: 'web' }] }

describe('requests through a Gateway', () => {
  it('reach the Pods behind the Service that the route names', () => {
    const made = installed()
    made.gateway('web', [http()])
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(['Accepted=True Accepted', 'Programmed=True Programmed'])
    const response = made.answer(`http://${made.address()}/`)
    expect(response.body).toBe('web\n')
    expect(made.codes().slice(3)).toEqual([
      'endpoint-chosen',
      'address-translated',
      'reached-container',
      'gateway-route',
      'gateway-endpoint',
      'leaves-source',
      'reached-container',
      'http-answered',
      'http-answered',
    ])
  })
})
