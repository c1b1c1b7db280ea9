import { describe, expect, it } from 'vitest'
import { LAPTOP, Lab, NODE01, type PodRecipe } from './testing/lab.ts'

/** A Pod of one image, what it answers on a port, and its log. */
function started(image: string, recipe: Partial<PodRecipe> = {}, lab = new Lab()) {
  const container = lab.pod({ name: 'app', image, ...recipe })
  lab.run(12_000)
  const address = lab.pods.at(-1)?.status?.podIP ?? ''
  const get = (port: number, path = '/', headers: readonly (readonly [string, string])[] = []) =>
    lab.network.fetch(NODE01, `http://${address}:${port}${path}`, { headers }).response
  return { lab, container, get, log: () => container.logs.map(({ text }) => text).join('\n') }
}

describe('sample applications answer on their ports', () => {
  it.each([
    ['gcr.io/google-samples/node-hello:1.0', 8080, /^Hello Kubernetes!$/],
    ['registry.k8s.io/echoserver:1.10', 8080, /Hostname: app\n\nPod Information:\n\t-no pod information available-\n/],
    ['registry.k8s.io/echoserver:1.4', 8080, /^CLIENT VALUES:\nclient_address=/],
    ['jmalloc/echo-server', 8080, /^Request served by app\n\nGET \/ HTTP\/1\.1\n\nHost: /],
    ['ealen/echo-server', 80, /^\{"host":\{"hostname":"10\.244\.1\.2"/],
    ['traefik/whoami', 80, /^Hostname: app\nIP: 127\.0\.0\.1\nIP: 10\.244\.1\.2\n/],
    ['stefanprodan/podinfo:6.5.0', 9898, /"hostname": "app",\n {2}"version": "6\.5\.0"/],
    ['paulbouwer/hello-kubernetes:1.10', 8080, /Hello world!/],
    ['tomcat:9.0', 8080, /HTTP Status 404 – Not Found/],
    ['caddy', 80, /Caddy works!/],
    ['php:8-apache', 80, /^<!DOCTYPE HTML PUBLIC .*\n.*\n<title>403 Forbidden<\/title>/],
    ['registry.k8s.io/hpa-example', 80, /^OK!$/],
    ['nginxinc/nginx-unprivileged', 8080, /Welcome to nginx!/],
    ['registry.k8s.io/nginx-slim:0.24', 80, /Welcome to nginx!/],
    ['wbitt/network-multitool', 80, /Welcome to nginx!/],
    ['kodekloud/simple-webapp', 8080, /Hello from app!/],
    ['gcr.io/google_samples/gb-frontend:v4', 80, /<title>Guestbook<\/title>/],
  ])('%s on %i', (image, port, body) => {
    expect(started(image).get(port)?.body).toMatch(body)
  })

  it('on other ports and with other words where the environment says so', () => {
    const env = (...pairs: readonly (readonly [string, string])[]) => ({ env: pairs })
    expect(started('jmalloc/echo-server', env(['PORT', '9000'])).get(9000)?.status).toBe(200)
    expect(started('paulbouwer/hello-kubernetes:1', env(['MESSAGE', 'Hi there'])).get(8080)?.body).toContain('Hi there')
    expect(started('traefik/whoami', { args: ['--port', '8081', '--name', 'blue'] }).get(8081)?.body).toMatch(
      /^Name: blue\n/,
    )
    expect(started('stefanprodan/podinfo', { command: ['./podinfo', '--port=8080'] }).get(8080)?.status).toBe(200)
    expect(started('registry.k8s.io/echoserver:1.10', env(['POD_NAME', 'p-1'])).get(8080)?.body).toContain(
      '\tpod name:\tp-1\n',
    )
  })

  it('and write a line for each request', () => {
    const echo = started('jmalloc/echo-server')
    echo.get(8080, '/x')
    expect(echo.log()).toMatch(/^Echo server listening on port 8080\.\n[\d.]+:\d+ \| GET \/x$/)
    const apache = started('php:8-apache')
    apache.get(80, '/x')
    expect(apache.log()).toMatch(
      /AH00163: Apache.* configured -- resuming normal operations\n.*\n[\d.]+ - - \[21\/Nov\/2026:00:30:12 \+0000\] "GET \/x HTTP\/1\.1" 404 \d+ "-"/,
    )
  })
})

describe('agnhost', () => {
  const agnhost = (...args: readonly string[]) =>
    started('registry.k8s.io/e2e-test-images/agnhost:2.53', { args, env: [['SERVE_PORT_9001', 'nine']] })

  it('netexec tells, echoes, redirects and reaches out', () => {
    const { get, log } = agnhost('netexec', '--http-port=80')
    expect(get(80, '/hostname')?.body).toBe('app')
    expect(get(80, '/echo?msg=a+b&code=418')).toMatchObject({ status: 418, body: 'a b' })
    expect(get(80, '/redirect?location=/x&code=307')?.headers).toContainEqual(['Location', '/x'])
    expect(get(80, '/anything')?.body).toMatch(/^NOW: 2026-11-21 /)
    expect(get(80, '/dial?host=10.244.1.2&port=80&request=hostname&tries=2')?.body).toBe('{"responses":["app","app"]}')
    expect(get(80, '/dial?host=10.244.1.2&port=81&request=x')?.body).toContain('connect: connection refused')
    expect(get(80, '/shell?cmd=echo%20hi')?.body).toBe('{"output":"hi\\n"}')
    expect(log()).toContain('2026/11/21 00:30:12 GET /hostname')
  })

  it('serve-hostname, porter, test-webserver and liveness serve', () => {
    expect(agnhost('serve-hostname').get(9376)?.body).toBe('app')
    expect(agnhost('porter').get(9001)?.body).toBe('nine')
    expect(agnhost('test-webserver').get(80, '/etc/hosts')?.body).toContain('10.244.1.2')
    const living = agnhost('liveness')
    expect(living.get(8080, '/healthz')).toMatchObject({ status: 500, body: 'error: 12' })
    expect(started('registry.k8s.io/e2e-test-images/agnhost:2.53', { args: ['nosuch'] }).log()).toBe(
      'Error: unknown command "nosuch" for "app"\nRun \'app --help\' for usage.',
    )
  })

  it('connect says in one word why not', () => {
    const { container } = agnhost('netexec', '--http-port=80')
    const connect = (target: string) => container.run(['/agnhost', 'connect', target]).output
    expect([connect('10.244.1.2:80'), connect('10.244.1.2:81'), connect('10.244.1.2')]).toEqual([
      '',
      'REFUSED\n',
      'UNKNOWN: address 10.244.1.2: missing port in address\n',
    ])
    expect(connect('nosuch:80')).toMatch(/^DNS: /)
  })
})

describe('applications that need another', () => {
  it('WordPress asks for its database, and leads to its installation when it has one', () => {
    const lab = new Lab()
    lab.clusterDns()
    const alone = started('wordpress', { name: 'wordpress' }, lab)
    expect(alone.get(80)).toMatchObject({
      status: 500,
      body: expect.stringContaining('Error establishing a database connection'),
    })
    lab.pod({ name: 'db', image: 'mysql:8.0', labels: { app: 'db' }, env: [['MYSQL_ROOT_PASSWORD', 'secret']] })
    lab.service('db', { clusterIP: '10.96.1.1', selector: { app: 'db' }, ports: [{ port: 3306 }] })
    const env = [
      ['WORDPRESS_DB_HOST', 'db'],
      ['WORDPRESS_DB_USER', 'root'],
      ['WORDPRESS_DB_PASSWORD', 'secret'],
    ] as const
    const { get } = started('wordpress:6.2-apache', { name: 'blog', env }, lab)
    const response = get(80)
    expect(response?.status).toBe(302)
    expect(response?.headers).toContainEqual(['Location', expect.stringMatching(/\/wp-admin\/install\.php$/)])
  })

  it('knote and the guestbook keep what they are given', () => {
    const lab = new Lab()
    lab.clusterDns()
    const knote = started(
      'learnk8s/knote-js:1.0.0',
      { name: 'knote', env: [['MONGO_URL', 'mongodb://mongo:27017/dev']] },
      lab,
    )
    expect(knote.log()).toContain('Waiting for MongoDB to be available')
    expect(knote.get(3000)).toBeUndefined()
    lab.pod({ name: 'mongo', image: 'mongo:6.0', labels: { app: 'mongo' } })
    lab.service('mongo', { clusterIP: '10.96.1.1', selector: { app: 'mongo' }, ports: [{ port: 27017 }] })
    lab.run(10_000)
    expect(knote.log()).toMatch(/MongoDB connected!\nApp listening on http:\/\/localhost:3000$/)
    lab.pod({ name: 'redis', image: 'redis', labels: { app: 'redis' } })
    for (const [index, name] of ['redis-leader', 'redis-follower'].entries())
      lab.service(name, { clusterIP: `10.96.2.${index + 1}`, selector: { app: 'redis' }, ports: [{ port: 6379 }] })
    const front = started('gcr.io/google_samples/gb-frontend:v5', { name: 'front' }, lab)
    expect(front.get(80, '/guestbook.php?cmd=set&key=messages&value=,hello')?.body).toBe('{"message": "Updated"}')
    expect(front.get(80, '/guestbook.php?cmd=get&key=messages')?.body).toBe('{"data": ",hello"}')
  })

  it('mongosh and rabbitmq-diagnostics ask, memcached keeps texts', () => {
    const mongo = started('mongo', {
      env: [
        ['MONGO_INITDB_ROOT_USERNAME', 'root'],
        ['MONGO_INITDB_ROOT_PASSWORD', 'pw'],
      ],
    })
    const ask = (...words: readonly string[]) => mongo.container.run(['mongosh', ...words]).output
    expect(ask('--eval', "db.adminCommand('ping')")).toBe('{ ok: 1 }\n')
    expect(ask('-u', 'root', '-p', 'no', '--eval', 'db.version()')).toBe('MongoServerError: Authentication failed.\n')
    expect(mongo.log()).toContain('"msg":"Waiting for connections"')
    expect(started('mongo', { env: [['MONGO_INITDB_ROOT_USERNAME', 'root']] }).container.state).toMatchObject({
      exitCode: 1,
    })
    const rabbit = started('rabbitmq:3-management')
    expect(rabbit.container.run(['rabbitmq-diagnostics', '-q', 'ping']).exitCode).toBe(0)
    expect(rabbit.get(15672)?.body).toContain('RabbitMQ Management')
    expect(rabbit.log()).toContain('Server startup complete; 5 plugins started.')
    const cache = started('memcached')
    const text = 'set k 0 0 2\r\nhi\r\nget k\r\n'
    expect(cache.lab.network.connect(NODE01, { address: '10.244.1.2', port: 11211 }, { text }).reply).toBe(
      'STORED\r\nVALUE k 0 2\r\nhi\r\nEND\r\n',
    )
  })

  it('HAProxy ends without a configuration, and hello-world says hello and ends', () => {
    const proxy = started('haproxy')
    expect(proxy.container.state).toMatchObject({ kind: 'exited', exitCode: 1 })
    expect(proxy.log()).toContain('Cannot open configuration file/directory /usr/local/etc/haproxy/haproxy.cfg')
    const hello = started('hello-world')
    expect(hello.container.state).toMatchObject({ kind: 'exited', exitCode: 0 })
    expect(hello.log()).toContain('Hello from Docker!')
    expect(hello.lab.network.fetch(LAPTOP, 'http://10.244.1.2').outcome).not.toBe('answered')
  })
})
