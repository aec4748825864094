"""A client made from the OpenAPI document really searches."""

import os

from rcp_search_client import Client
from rcp_search_client.api.documents import get_document, list_document_passages
from rcp_search_client.api.search import search_documents, search_documents_post, search_passages
from rcp_search_client.models import Problem, SearchParams, SearchSort

client = Client(base_url=os.environ["RCP_SEARCH_URL"])

found = search_documents.sync(client=client, q='"private sector"', rcp=["grcp"], sort=SearchSort.DATE_DESCENDING)
assert found.hits and found.hits[0].passages[0].citation, found
posted = search_documents_post.sync(client=client, body=SearchParams(q='"private sector"', rcp=["grcp"], sort=SearchSort.DATE_DESCENDING))
assert [hit.id for hit in posted.hits] == [hit.id for hit in found.hits]

titles = search_documents.sync(client=client, q='"private sector"', fields=["title"])
assert titles.hits and titles.hits[0].title and not titles.hits[0].passages

document = get_document.sync(found.hits[0].id, client=client)
assert document.title.value == found.hits[0].title
passages = list_document_passages.sync(document.id, client=client, limit=1)
assert len(passages.passages) == 1

cited = search_passages.sync(client=client, q='"private sector"', limit=1)
assert cited.meta.total >= 1 and cited.hits[0].passage

missing = get_document.sync("no-such-document", client=client)
assert isinstance(missing, Problem) and missing.code == "unknown_document"
