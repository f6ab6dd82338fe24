#include "adapters/http/message.hpp"

#include "adapters/http/grammar.hpp"

namespace ig::adapters::http {

const std::string* find(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (equal_without_case(header.name, name)) return &header.value;
  }
  return nullptr;
}

}  // namespace ig::adapters::http
