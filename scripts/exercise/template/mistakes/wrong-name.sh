# fails: ports answers
# ✎ a near miss
kubectl expose deployment ${app} --port=80 --name=${app}-service
