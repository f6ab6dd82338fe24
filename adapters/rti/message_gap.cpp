#include "adapters/rti/message_gap.hpp"

namespace ig::adapters::rti {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  ///< a byte order mark
constexpr std::string_view kComment = "<!--";
constexpr std::string_view kDeclaration = "<?xml";

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// May an element's name begin so?
bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

MessageGap::Found MessageGap::feed(std::string_view piece, std::size_t& taken) {
  for (taken = 0; taken < piece.size();) {
    const Found found = step(piece[taken++]);
    if (found != Found::nothing) return found;
  }
  return Found::nothing;
}

MessageGap::Found MessageGap::step(char c) {
  switch (place_) {
    case Place::space:
      if (is_space(c)) return Found::nothing;
      place_ = Place::opened;
      front_.assign(1, c);
      return judge_front();
    case Place::opened:
      front_.push_back(c);
      return judge_front();
    case Place::comment:
      front_ = (front_ + c).substr(front_.size() < 3 ? 0 : 1);
      if (front_ == "-->") place_ = Place::space;
      return Found::nothing;
    case Place::instruction:
      front_ = (front_ + c).substr(front_.size() < 2 ? 0 : 1);
      if (front_ == "?>") place_ = Place::space;
      return Found::nothing;
  }
  return Found::junk;
}

MessageGap::Found MessageGap::judge_front() {
  std::string_view text = front_;
  const bool marked = text.starts_with(kMark);
  if (marked) text.remove_prefix(kMark.size());
  if (!marked && kMark.starts_with(text)) return Found::nothing;
  if (text.empty() || text == "<") return Found::nothing;
  if (text[0] != '<') return Found::junk;
  if (begins_name(text[1])) return Found::message;
  if (kDeclaration.starts_with(text)) return Found::nothing;
  if (text.starts_with(kDeclaration) && is_space(text.back())) return Found::message;
  if (marked) return Found::junk;
  if (text[1] == '?') {
    place_ = Place::instruction;
    front_.assign(1, text.back());
    return Found::nothing;
  }
  if (!kComment.starts_with(text)) return Found::junk;
  if (text == kComment) {
    place_ = Place::comment;
    front_.clear();
  }
  return Found::nothing;
}

}  // namespace ig::adapters::rti
