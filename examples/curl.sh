#!/bin/sh
# A client of the HTTP interface in ten lines of curl. First, in another terminal: wenbao serve --index my-index
set -e
wenbao=${WENBAO:-http://127.0.0.1:8700} json='Content-Type: application/json' report=000_f7ed5bf6a81e5e31
curl -fsS "$wenbao/v1/health" && echo
curl -fsS "$wenbao/v1/reports" -F "file=@seeds/$report.txt" && echo
curl -fsS "$wenbao/v1/reports?limit=10" && echo
curl -fsS "$wenbao/v1/reports/$report" -X PATCH -H "$json" -d '{"speaker": "市长 汤飞帆"}' && echo
curl -fsS "$wenbao/v1/ask" -H "$json" -d '{"question": "今年新建多少个充电桩？"}' && echo
curl -fsS "$wenbao/v1/reports/$report/text?start=3077&end=3082" && echo
curl -fsS "$wenbao/v1/passages" -H "$json" -d '{"question": "怎样发展新能源？"}' && echo
curl -fsSN "$wenbao/v1/compare" -H "$json" -H 'Accept: application/x-ndjson' -d "{\"question\": \"新建多少个充电桩？\", \"documents\": [\"$report\"]}"
curl -fsSG "$wenbao/v1/commitments" --data-urlencode text=充电桩 -d kind=target && echo
curl -fsS "$wenbao/v1/reports/$report" -X DELETE
