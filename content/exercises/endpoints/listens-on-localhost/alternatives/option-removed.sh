kubectl patch deployment ${app} -p '{"spec":{"template":{"spec":{"containers":[{"name":"server","command":["python3","-m","http.server","${port}"]}]}}}}'
